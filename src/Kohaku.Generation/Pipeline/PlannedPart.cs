namespace Kohaku.Generation.Pipeline;

/// <summary>One of the prompts that <c>AND</c> divides a prompt into, encoded for all steps.</summary>
/// <param name="Weight">Its weight.</param>
/// <param name="Texts">Its texts over the calls of the model; at least one.</param>
internal sealed record PlannedPart(double Weight, IReadOnlyList<PlannedText> Texts)
{
    /// <summary>The text of a call of the model, counted from 0.</summary>
    public EncodedText At(int call)
    {
        foreach (var text in Texts)
            if (call <= text.Until) return text.Text;
        return Texts[^1].Text;
    }
}

/// <summary>A text up to a call.</summary>
/// <param name="Until">The last call that has it.</param>
/// <param name="Text">The text, encoded.</param>
internal sealed record PlannedText(int Until, EncodedText Text);
