namespace Kohaku.Syntax.Meaning;

/// <summary>A part's text up to a step, with what emphasis makes of it.</summary>
/// <param name="Until">The last step that has the text, counted from 1.</param>
/// <param name="Text">The text, editing and alternation resolved.</param>
/// <param name="Runs">Its weighted texts; the same list for the same text.</param>
public sealed record ScheduledMeaning(int Until, string Text, IReadOnlyList<WeightedText> Runs);

/// <summary>One of the prompts that <c>AND</c> divides a prompt into.</summary>
/// <param name="Text">Its text, without its weight.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Schedule">Its texts over the steps; at least one.</param>
public sealed record PartMeaning(string Text, double Weight, IReadOnlyList<ScheduledMeaning> Schedule);

/// <summary>What a program makes of a prompt's text, up to the tokens.</summary>
/// <param name="Prompt">The text, without comments.</param>
/// <param name="Steps">The steps it was scheduled for.</param>
/// <param name="Networks">Networks taken out of the text.</param>
/// <param name="Parts">The parts; at least one.</param>
/// <param name="Error">What the program fails with, or <see langword="null"/>.</param>
public sealed record PromptMeaning(
    string Prompt, int Steps, IReadOnlyList<NetworkCall> Networks, IReadOnlyList<PartMeaning> Parts, string? Error)
{
    /// <summary>Reads a prompt: networks, <c>AND</c>, schedule, then emphasis for each scheduled text.</summary>
    /// <param name="text">The prompt without comments.</param>
    /// <param name="dialect">Whose rules. ComfyUI knows emphasis only.</param>
    /// <param name="steps">Steps of the pass.</param>
    /// <param name="isNegative">Whether it is a negative prompt: there A1111 takes no networks out and divides at no <c>AND</c>.</param>
    /// <param name="firstPassSteps">Steps of the pass before, in a hires pass.</param>
    public static PromptMeaning Of(string text, Dialect dialect, int steps, bool isNegative = false, int? firstPassSteps = null)
    {
        string? error = null;
        var known = new Dictionary<string, IReadOnlyList<WeightedText>>(StringComparer.Ordinal);
        if (dialect == Dialect.ComfyUI)
            return new PromptMeaning(text, steps, [], [new PartMeaning(text, 1, [new ScheduledMeaning(steps, text, Weigh(text))])], null);

        var networks = isNegative ? new NetworkText(text, []) : Meaning.Networks.Extract(text);
        IReadOnlyList<PromptPart> divided = isNegative
            ? [new PromptPart(text, 1, new TextSpan(0, text.Length), new TextSpan(text.Length, 0))]
            : Composition.Split(networks.Text);
        var parts = new List<PartMeaning>(divided.Count);
        foreach (var part in divided)
        {
            var schedule = PromptSchedule.Of(part.Text, ScheduleStructure.Parse(part.Text), steps, firstPassSteps);
            parts.Add(new PartMeaning(part.Text, part.Weight, [.. schedule.Select(entry => new ScheduledMeaning(entry.Until, entry.Text, Weigh(entry.Text)))]));
        }

        return new PromptMeaning(text, steps, networks.Calls, parts, error);

        IReadOnlyList<WeightedText> Weigh(string scheduled)
        {
            if (known.TryGetValue(scheduled, out var runs))
                return runs;
            var result = Attention.Of(scheduled, dialect);
            error ??= result.Error?.Message;
            return known[scheduled] = result.Runs;
        }
    }
}
