namespace Kohaku.Syntax.Meaning;

/// <summary>A stretch of a text that emphasis gives one weight.</summary>
/// <param name="Start">Offset of its first unit in the text that was read.</param>
/// <param name="Length">Its length; 0 where a lone backslash or a BREAK leaves an empty text.</param>
/// <param name="Weight">The effective weight, all brackets multiplied; for a BREAK of A1111 −1 times its brackets.</param>
/// <param name="IsBreak">Whether it is A1111's <c>BREAK</c>, which begins a new chunk only while its weight is −1.</param>
public readonly record struct AttentionRun(int Start, int Length, double Weight, bool IsBreak)
{
    /// <summary>Offset behind the last unit.</summary>
    public int End => Start + Length;

    /// <summary>The run's place.</summary>
    public TextSpan Span => new(Start, Length);
}

/// <summary>A weight that A1111 fails on.</summary>
/// <param name="Span">The characters that should be a number.</param>
/// <param name="Message">What A1111 says.</param>
public readonly record struct AttentionError(TextSpan Span, string Message);

/// <summary>What emphasis makes of a text.</summary>
/// <param name="Runs">Texts with their weights, neighbours of one weight joined (A1111) or as they come (ComfyUI).</param>
/// <param name="Error">Where A1111 fails; the runs then take the weight as 1.</param>
public sealed record AttentionResult(IReadOnlyList<WeightedText> Runs, AttentionError? Error);
