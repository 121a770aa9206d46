using System.Text;

namespace Kohaku.Syntax.Meaning;

/// <summary>The text of a part up to a step.</summary>
/// <param name="Until">The last step that has the text, counted from 1.</param>
/// <param name="Text">The text, editing and alternation resolved, emphasis not.</param>
public readonly record struct ScheduledText(int Until, string Text);

/// <summary>Prompt editing and alternation over the steps of a pass, as A1111 resolves them.</summary>
public static class PromptSchedule
{
    /// <summary>The texts of a part over the steps of a first (or only) pass; at least one.</summary>
    public static IReadOnlyList<ScheduledText> Of(string text, int steps) => Of(text, ScheduleStructure.Parse(text), steps, null);

    /// <summary>The texts over a hires pass: there numbers with a point lose 1, and whole numbers lose the first pass's count.</summary>
    public static IReadOnlyList<ScheduledText> OfHires(string text, int firstPassSteps, int steps) =>
        Of(text, ScheduleStructure.Parse(text), steps, firstPassSteps);

    /// <summary>The texts of a part whose brackets are known.</summary>
    /// <param name="text">The part.</param>
    /// <param name="structure">Its brackets.</param>
    /// <param name="steps">Steps of the pass.</param>
    /// <param name="firstPassSteps">Steps of the pass before, in a hires pass.</param>
    public static IReadOnlyList<ScheduledText> Of(string text, ScheduleStructure structure, int steps, int? firstPassSteps)
    {
        if (structure.IsLiteral || structure.Brackets.IsEmpty)
            return [new ScheduledText(steps, text)];
        var texts = new List<ScheduledText>();
        var builder = new StringBuilder(text.Length);
        foreach (var until in Ends(structure, steps, firstPassSteps))
        {
            builder.Clear();
            var walk = new ScheduleWalk(structure, text.Length, new ScheduleStep(until, steps, firstPassSteps));
            while (walk.MoveNext())
                builder.Append(text, walk.Current.Start, walk.Current.Length);
            texts.Add(new ScheduledText(until, builder.ToString()));
        }

        return texts;
    }

    private static SortedSet<int> Ends(ScheduleStructure structure, int steps, int? firstPassSteps)
    {
        var ends = new SortedSet<int> { steps };
        var alternates = false;
        foreach (ref readonly var bracket in structure.Brackets)
        {
            if (bracket.Kind == ScheduleKind.Alternation)
                alternates = true;
            else if (bracket.LastStepBefore(steps, firstPassSteps) is >= 1 and var end)
                ends.Add(end);
        }

        for (var step = 1; alternates && step <= steps; step++)
            ends.Add(step);
        return ends;
    }
}
