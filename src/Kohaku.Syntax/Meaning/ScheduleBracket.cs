namespace Kohaku.Syntax.Meaning;

/// <summary>What a pair of square brackets does over the steps.</summary>
public enum ScheduleKind
{
    /// <summary><c>[from:to:when]</c>, <c>[to:when]</c>, <c>[from::when]</c>.</summary>
    Editing,

    /// <summary><c>[a|b]</c>: another option at each step.</summary>
    Alternation,
}

/// <summary>A pair of square brackets that edits or alternates.</summary>
/// <param name="Kind">Which of both.</param>
/// <param name="Span">With its brackets.</param>
/// <param name="FirstOption">Index into <see cref="ScheduleStructure.Options"/>. Editing has two options, from and to; from is empty where it is not written.</param>
/// <param name="OptionCount">How many options there are.</param>
/// <param name="WhenSpan">The number of an editing.</param>
/// <param name="When">Its value.</param>
/// <param name="IsFraction">Whether the number is a part of all steps: it has a point. <c>1e0</c> has none.</param>
/// <param name="Next">Index of the first bracket that is not inside this one.</param>
public readonly record struct ScheduleBracket(
    ScheduleKind Kind, TextSpan Span, int FirstOption, int OptionCount, TextSpan WhenSpan, double When, bool IsFraction, int Next)
{
    /// <summary>Whether an editing has a text before its step: <c>[to:when]</c> has none, <c>[:to:when]</c> has an empty one.</summary>
    public bool HasFrom { get; init; }

    /// <summary>The last step that still has the text before; may lie outside of all steps.</summary>
    /// <param name="steps">Steps of the pass.</param>
    /// <param name="firstPassSteps">Steps of the pass before, in a hires pass; else <see langword="null"/>.</param>
    public int LastStepBefore(int steps, int? firstPassSteps = null)
    {
        var value = IsFraction
            ? (firstPassSteps is null ? When : When - 1) * steps
            : When - (firstPassSteps ?? 0);
        return value >= steps ? steps : value <= int.MinValue ? int.MinValue : (int)value;
    }
}
