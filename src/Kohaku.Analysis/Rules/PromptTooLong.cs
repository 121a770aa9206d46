using Kohaku.Analysis.Linting;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a prompt of more tokens than the limit that is set.</summary>
/// <remarks>
/// <b>Why</b> Each further chunk of 75 tokens weakens what stands in the others; three chunks, 225 tokens, are the limit by default.
/// <b>Bad</b> <c>BREAK BREAK BREAK BREAK [|1girl|]</c>
/// <b>Good</b> <c>1girl, smile, solo</c>
/// <b>Fix</b> None: what can be left out is the author's choice.
/// </remarks>
internal sealed class PromptTooLong : Rule
{
    public override RuleInfo Info { get; } = new("KHK302", "prompt-too-long", Severity.Info);

    public override void Check(PromptView prompt, Report report)
    {
        var limit = prompt.Settings.TokenLimit;
        if (prompt.Chunks is not { } chunks || chunks.Count <= limit) return;
        var chunk = limit / TokenChunk.Capacity - 1;
        var start = chunk < 0 || chunk >= chunks.Borders.Length ? 0 : chunks.Borders[chunk].Offset;
        var place = prompt.Side.Span with { Length = int.Min(1, prompt.Side.Span.Length) };
        foreach (ref readonly var tag in prompt.Tags)
        {
            place = tag.Span;
            if (tag.Span.End > start) break;
        }

        report.Add(this, place, $"the prompt has {chunks.Count} tokens, more than {limit}").Help("from here on it is too long");
    }
}
