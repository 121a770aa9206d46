using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Jobs;

/// <summary>What a request's texts mean under its emphasis mode, which also says whose syntax they have.</summary>
public static class RequestMeaning
{
    /// <summary>Whose syntax: ComfyUI's weighting goes with its brackets.</summary>
    public static Dialect DialectOf(EmphasisKind emphasis) => emphasis == EmphasisKind.Comfy ? Dialect.ComfyUI : Dialect.A1111;

    /// <summary>Reads one side of a request.</summary>
    /// <param name="text">The prompt, or the negative prompt.</param>
    /// <param name="emphasis">How weights work: under <see cref="EmphasisKind.Ignore"/> all are 1, under <see cref="EmphasisKind.None"/> brackets and BREAK are text.</param>
    /// <param name="calls">Model calls that prompt editing counts on.</param>
    /// <param name="isNegative">Which side it is.</param>
    /// <param name="firstPassCalls">Calls of the pass before, in a hires pass.</param>
    public static PromptMeaning Of(string text, EmphasisKind emphasis, int calls, bool isNegative = false, int? firstPassCalls = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var meaning = PromptMeaning.Of(text, DialectOf(emphasis), calls, isNegative, firstPassCalls);
        return emphasis switch
        {
            EmphasisKind.Ignore => Mapped(meaning, entry => [.. entry.Runs.Select(run => run is { Text: "BREAK", Weight: -1 } ? run : run with { Weight = 1 })]),
            EmphasisKind.None => Mapped(meaning, entry => [new WeightedText(entry.Text, 1)]) with { Error = null },
            _ => meaning,
        };
    }

    // The same text keeps the same list, by which callers know it again.
    private static PromptMeaning Mapped(PromptMeaning meaning, Func<ScheduledMeaning, IReadOnlyList<WeightedText>> map)
    {
        var known = new Dictionary<string, IReadOnlyList<WeightedText>>(StringComparer.Ordinal);
        return meaning with
        {
            Parts = [.. meaning.Parts.Select(part => part with
            {
                Schedule = [.. part.Schedule.Select(entry => entry with { Runs = known.TryGetValue(entry.Text, out var runs) ? runs : known[entry.Text] = map(entry) })],
            })],
        };
    }
}
