using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag that the border of two chunks divides.</summary>
/// <remarks>
/// <b>Why</b> The text encoder reads 75 tokens at a time: the halves of a tag that falls between two chunks do not see each other.
/// <b>Bad</b> <c>11111111111111111111111111111111111111111111111111111111111111111111111111 [|looking at viewer|]</c>
/// <b>Good</b> <c>1girl, looking at viewer</c>
/// <b>Fix</b> None: put a tag less before it, or BREAK.
/// </remarks>
internal sealed class ChunkBoundary : Rule
{
    /// <summary>Longer text is a sentence, of which something is always divided: only a tag in it counts.</summary>
    private const int LongestName = 48;

    private const int WordsAround = 3;

    public override RuleInfo Info { get; } = new("KHK301", "chunk-boundary", Severity.Hint);

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Chunks is not { } chunks) return;
        var tags = prompt.Tags;
        var next = 0;
        foreach (ref readonly var border in chunks.Borders)
        {
            while (next < tags.Length && tags[next].Span.End <= border.Offset) next++;
            if (next == tags.Length) return;
            ref readonly var tag = ref tags[next];
            if (border.IsBreak || tag.Span.Start >= border.Offset) continue;
            var name = tag.Span.Length <= LongestName ? tag.Span : NameIn(prompt, tag.Span, border.Offset);
            if (name.Length > 0) report.Add(this, name, $"a chunk ends inside `{prompt.Slice(name)}`, after {border.Tokens} tokens");
        }
    }

    /// <summary>The longest tag of a sentence that a border divides, else the word, else nothing.</summary>
    private static TextSpan NameIn(PromptView prompt, TextSpan sentence, int border)
    {
        var text = prompt.Text;
        var best = default(TextSpan);
        sentence = TextSpan.FromBounds(int.Max(sentence.Start, border - LongestName), int.Min(sentence.End, border + LongestName));
        var first = border;
        for (var i = 0; i <= WordsAround; i++)
        {
            while (i > 0 && first > sentence.Start && text[first - 1] == ' ') first--;
            while (first > sentence.Start && text[first - 1] != ' ') first--;
            var last = border;
            for (var j = 0; j <= WordsAround; j++)
            {
                while (last < sentence.End && text[last] == ' ') last++;
                while (last < sentence.End && text[last] != ' ') last++;
                var span = TextSpan.FromBounds(first, last);
                if (first < border && span.Length > best.Length && IsTag(prompt, span)) best = span;
            }
        }

        if (best.Length > 0) return best;
        var (start, end) = (border, border);
        while (start > sentence.Start && text[start - 1] != ' ') start--;
        while (end < sentence.End && text[end] != ' ') end++;
        return start < border && end > border && end - start < LongestName ? TextSpan.FromBounds(start, end) : default;
    }

    private static bool IsTag(PromptView prompt, TextSpan span) => prompt.Lookup.TryFind(prompt.Slice(span), out _);
}
