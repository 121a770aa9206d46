using System.Globalization;
using Kohaku.Analysis.Linting;
using Kohaku.LanguageServer.Counting;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Hovering;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;
using Kohaku.Syntax.Tokens;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/inlayHint</c>: posts of little used tags, tokens at the end of each chunk where there are several, and the weight where
/// brackets are nested.</summary>
internal sealed class InlayHintHandler : IBackgroundHandler<TextDocumentRangeParams, InlayHint[]>
{
    /// <inheritdoc/>
    public InlayHint[] Handle(Snapshot snapshot, TextDocumentRangeParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var editor = snapshot.Setup.Editor;
        if (!editor.PostHints && !editor.TokenHints && !editor.WeightHints) return [];

        var wanted = document.Lines.Span(request.Range);
        var hints = new List<(int At, int Order, InlayHint Hint)>();
        foreach (var part in document.PartsIn(wanted))
        {
            cancel.ThrowIfCancellationRequested();
            using var reading = PartReading.Of(snapshot, document, part);
            var add = new Collector(reading, wanted, hints);
            for (var i = 0; i < reading.Tree.Prompts.Length; i++)
            {
                var (positive, negative) = reading.Prompt(i);
                foreach (var side in (ReadOnlySpan<PromptView?>)[positive, negative])
                {
                    if (side is null) continue;
                    if (editor.PostHints) AddPosts(side, add);
                    if (editor.WeightHints) AddWeights(side, add);
                    if (editor.TokenHints) AddTokens(side, PartCounter.Of(reading).Prompts[i], add);
                }
            }
        }

        return [.. hints.OrderBy(hint => hint.At).ThenBy(hint => hint.Order).Select(hint => hint.Hint)];
    }

    private static void AddPosts(PromptView side, Collector add)
    {
        foreach (ref readonly var tag in side.Tags)
        {
            if (!tag.Is(TagTraits.Weak | TagTraits.Rare)) continue;

            var posts = tag.Text.Posts.ToString("N0", CultureInfo.InvariantCulture);
            var bound = tag.Is(TagTraits.Weak) ? side.Settings.Thresholds.Strong : side.Settings.Thresholds.Weak;
            add.At(tag.Span.End, 0, posts, $"{posts} posts; fewer than {bound.ToString("N0", CultureInfo.InvariantCulture)}");
        }
    }

    // Once a bracket: what stands in it has one weight.
    private static void AddWeights(PromptView side, Collector add)
    {
        var rows = side.Side.Groups;
        var factors = new int[rows.Count];
        for (var i = 0; i < factors.Length; i++)
        {
            ref readonly var group = ref side.Groups[i];
            factors[i] = (group.Parent < rows.First ? 0 : factors[group.Parent - rows.First]) + (group.Multiplier == 1 ? 0 : 1);
        }

        var last = -1;
        foreach (ref readonly var tag in side.Tags)
        {
            if (tag.Group < 0 || tag.Group == last || factors[tag.Group - rows.First] < 2) continue;

            last = tag.Group;
            ref readonly var group = ref side.Tree.Groups[tag.Group];
            add.At(group.IsClosed ? group.Close + 1 : tag.Span.End, 1, $"×{WeightProduct.Number(tag.Weight)}", WeightProduct.Of(side.Tree, tag.Group, tag.Weight));
        }
    }

    // Of a single chunk the code lens and the status bar tell already.
    private static void AddTokens(PromptView side, CountedPrompt prompt, Collector add)
    {
        var tokens = side.IsNegative ? prompt.Negative! : prompt.Positive;
        if (tokens.Parts.Sum(part => part.Chunks.Count) < 2) return;

        for (var i = 0; i < tokens.Parts.Count; i++)
        {
            var part = tokens.Parts[i];
            if (part.Offsets.Count == 0) continue;

            for (var chunk = 0; chunk < part.Chunks.Count; chunk++)
            {
                var place = part.Chunks[chunk];
                var isLast = chunk == part.Chunks.Count - 1;
                var at = !isLast ? place.End : i == tokens.Parts.Count - 1 ? EndOf(side) : part.End;
                add.At(at, 2, $"{place.Count}/{TokenChunk.Capacity}", $"tokens in chunk {chunk + 1} of {part.Chunks.Count}");
            }
        }
    }

    // Behind the last bracket, weight or network, and before a comment.
    private static int EndOf(PromptView side)
    {
        var tokens = side.Tokens;
        var last = tokens.Length - 1;
        while (last >= 0 && tokens[last].Kind is TokenKind.Whitespace or TokenKind.LineBreak or TokenKind.Comment) last--;
        return last < 0 ? side.Side.Span.End : tokens[last].End;
    }

    private readonly struct Collector(PartReading reading, TextSpan wanted, List<(int At, int Order, InlayHint Hint)> hints)
    {
        public void At(int treeOffset, int order, string label, string tooltip)
        {
            var at = reading.ToDocument(new TextSpan(treeOffset, 0)).Start;
            if (at < wanted.Start || at > wanted.End) return;

            hints.Add((at, order, new InlayHint(reading.Document.Lines.Position(at), label) { Tooltip = tooltip, PaddingLeft = true }));
        }
    }
}
