using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Analysis.Formatting;

/// <summary>Brings prompts into one form without changing what the generator makes of them.</summary>
/// <remarks>
/// Every edit is tried against the meaning (<see cref="SideMeaning"/>); one that would change it is dropped: <c>^_^ , b</c> stays, for
/// <c>^_^, b</c> has other tokens. Formatting twice is formatting once. One instance serves one thread.
/// </remarks>
public sealed class Formatter
{
    /// <summary>The most passes until nothing more can be done.</summary>
    private const int Passes = 4;

    private readonly Settings _settings;
    private readonly LintServices _services;
    private readonly ClipTokenizer _tokenizer;
    private readonly TagTexts _texts;
    private readonly PromptView _view = new();
    private readonly SyntaxTree _trial = new();

    /// <summary>A formatter with one configuration.</summary>
    public Formatter(Settings settings, LintServices services, ClipTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(services);
        (_settings, _services, _tokenizer) = (settings, services, tokenizer);
        _texts = new TagTexts(services.Lookup, settings);
    }

    /// <summary>The formatted text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How it is read; the configuration's way where null.</param>
    /// <param name="range">Edits outside of it are left out; the whole text where null.</param>
    public string Format(string text, ParseOptions? options = null, TextSpan? range = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= _settings.ParseOptions;
        var current = text;
        for (var pass = 0; pass < Passes; pass++)
        {
            var edits = Pass(current, options, range);
            if (edits.Count == 0) break;
            var next = TextEdits.Apply(current, edits);
            if (!HasSameStructure(SyntaxTree.Parse(current, options), SyntaxTree.Parse(next, options), edits)) break;
            if (range is { } span) range = new TextSpan(span.Start, span.Length + next.Length - current.Length);
            current = next;
        }

        return current;
    }

    /// <summary>A line must not become parameters, a separator or a header by losing blanks, or by beginning anew.</summary>
    private static bool HasSameStructure(SyntaxTree before, SyntaxTree after, List<TextEdit> edits)
    {
        if (before.Prompts.Length != after.Prompts.Length || before.Sides.Length != after.Sides.Length || before.Parameters.Length != after.Parameters.Length) return false;

        edits.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        var (edit, moved) = (0, 0);
        for (var side = 0; side < before.Sides.Length; side++)
        {
            var (old, now) = (before.Sides[side].Span, after.Sides[side].Span);
            if (Moved(old.Start) != now.Start || Moved(old.End) != now.End) return false;
        }

        return true;

        int Moved(int offset)
        {
            for (; edit < edits.Count && edits[edit].Span.Start < offset; edit++) moved += edits[edit].NewText.Length - edits[edit].Span.Length;
            return offset + moved;
        }
    }

    private List<TextEdit> Pass(string text, ParseOptions options, TextSpan? range)
    {
        var tree = SyntaxTree.Parse(text, options);
        var accepted = new List<TextEdit>();
        for (var i = 0; i < tree.Prompts.Length; i++)
        {
            var prompt = tree.Prompts[i];
            _view.Fill(tree, i, prompt.Positive, _settings, _services, _texts);
            if (ContentSafety.Refuses(_view)) continue;
            Side(tree, i, prompt.Positive, range, accepted);
            if (prompt.Negative >= 0) Side(tree, i, prompt.Negative, range, accepted);
            var rest = new List<TextEdit>();
            ParameterLayout.Add(tree, prompt, rest);
            accepted.AddRange(rest.Where(edit => IsInside(edit, range)));
        }

        return accepted;
    }

    private void Side(SyntaxTree tree, int prompt, int side, TextSpan? range, List<TextEdit> accepted)
    {
        var candidates = Candidates(tree, prompt, side, range);
        if (candidates.Count == 0) return;
        var meaning = SideMeaning.Of(tree, side, _tokenizer);

        // What the generator fails on has no meaning to keep.
        if (meaning.Fails) return;
        var kept = new List<TextEdit>();
        Try(tree, side, meaning, candidates, kept);
        accepted.AddRange(kept);
    }

    /// <summary>The changes that might be made, each of one edit or more that belong together; no two claim the same characters.</summary>
    private List<TextEdit[]> Candidates(SyntaxTree tree, int prompt, int side, TextSpan? range)
    {
        ref readonly var node = ref tree.Sides[side];
        var changes = new List<TextEdit[]>();
        if (_settings.Format.ExplicitWeights) WeightForms.Add(tree, node, changes);
        if (_settings.Format.LinePerSection && !node.IsNegative)
        {
            _view.Fill(tree, prompt, side, _settings, _services, _texts);
            SectionLines.Add(_view, changes);
        }

        // Larger forms first: a layout edit beside one of them waits for the next pass.
        changes.RemoveAll(change => !Array.TrueForAll(change, edit => IsInside(edit, range)));
        var larger = changes.Count;
        var layout = new List<TextEdit>();
        LayoutEdits.Add(tree, node, layout);
        changes.AddRange(layout.Where(edit => IsInside(edit, range)).Select(edit => new[] { edit }));
        return WithoutOverlaps(changes, larger);
    }

    /// <summary>Of changes that claim the same characters the first stays; the other waits for the next pass. Layout waits where it touches a larger form, too.</summary>
    private static List<TextEdit[]> WithoutOverlaps(List<TextEdit[]> changes, int larger)
    {
        var order = new List<(TextEdit Edit, int Change)>();
        for (var change = 0; change < changes.Count; change++)
            foreach (var edit in changes[change]) order.Add((edit, change));
        order.Sort((a, b) => (a.Edit.Span.Start, a.Edit.Span.End, a.Change).CompareTo((b.Edit.Span.Start, b.Edit.Span.End, b.Change)));

        var waits = new bool[changes.Count];
        var last = -1;
        for (var i = 0; i < order.Count; i++)
        {
            if (waits[order[i].Change]) continue;
            while (last >= 0 && waits[order[last].Change]) last--;
            if (last >= 0 && Overlap(order[last], order[i])) waits[int.Max(order[last].Change, order[i].Change)] = true;
            if (!waits[order[i].Change]) last = i;
        }

        return [.. changes.Where((_, change) => !waits[change]).OrderBy(change => change[0].Span.Start)];

        bool Overlap((TextEdit Edit, int Change) a, (TextEdit Edit, int Change) b) =>
            b.Edit.Span.Start < a.Edit.Span.End || (b.Edit.Span.Start == a.Edit.Span.End && a.Change < larger != b.Change < larger);
    }

    /// <summary>Takes as many changes as keep the meaning: all of them if that works, else each half by itself.</summary>
    private void Try(SyntaxTree tree, int side, SideMeaning meaning, List<TextEdit[]> changes, List<TextEdit> kept)
    {
        List<TextEdit> all = [.. kept, .. changes.SelectMany(change => change)];
        if (Keeps(tree, side, meaning, all))
        {
            kept.AddRange(all[kept.Count..]);
            return;
        }

        if (changes.Count == 1) return;
        var half = changes.Count / 2;
        Try(tree, side, meaning, changes[..half], kept);
        Try(tree, side, meaning, changes[half..], kept);
    }

    private bool Keeps(SyntaxTree tree, int side, SideMeaning meaning, List<TextEdit> edits)
    {
        var span = tree.Sides[side].Span;
        var text = tree.Slice(span).ToString();
        var moved = edits.ConvertAll(edit => edit with { Span = new TextSpan(edit.Span.Start - span.Start, edit.Span.Length) });
        var next = TextEdits.Apply(text, moved);
        var form = tree.Sides[side].IsNegative ? TextForm.Negative : TextForm.Positive;
        _trial.Read(next.AsMemory(), tree.Options with { Form = form });
        return meaning.Equals(SideMeaning.Of(_trial, tree.Sides[side].IsNegative ? 1 : 0, _tokenizer));
    }

    private static bool IsInside(TextEdit edit, TextSpan? range) =>
        range is not { } span || (edit.Span.Start >= span.Start && edit.Span.End <= span.End);
}
