using System.Text;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Sections;

/// <summary>Writes a run of items in the order of their sections.</summary>
/// <remarks>
/// What no list knows, networks included, follows the tag before it; networks at the end stay there. The comma, the comment and the line end behind an item go with it;
/// the last place keeps its own end. A bracket round items that part is closed and opened anew, its weight repeated.
/// </remarks>
internal sealed class SectionText
{
    /// <summary>A result longer than this many times the text is no help: deep brackets were divided again and again.</summary>
    private const int MostGrowth = 2;

    private const int GrowthOfShortText = 256;
    private readonly StringBuilder _text = new();
    private readonly Stack<int> _opening = new();
    private int[] _order = new int[64];
    private int _movable;

    /// <summary>The edit that sorts a run, or null where nothing would change.</summary>
    public TextEdit? Sort(PromptView prompt, SectionRange range)
    {
        var items = range.Items;
        Order(items, prompt.Profile.Sections.Count);
        var start = items[0].Heading.Length > 0 ? items[0].Heading.Start : prompt.Tree.Fields[items[0].FirstField].Span.Start;
        ref readonly var last = ref items[^1];
        var whole = TextSpan.FromBounds(start, last.Comment.End);
        return Write(prompt, range, whole) ? Trimmed(prompt, whole) : null;
    }

    private void Order(ReadOnlySpan<SectionItem> items, int sections)
    {
        if (_order.Length < items.Length) _order = new int[items.Length * 2];
        _movable = items.Length;
        while (_movable > 1 && items[_movable - 1].FirstTag == items[_movable - 1].EndTag && items[_movable - 1].Bracket < 0) _movable--;
        var count = 0;
        for (var section = -1; section < sections; section++)
        {
            var current = -1;
            for (var i = 0; i < _movable; i++)
            {
                if (items[i].Section >= 0) current = items[i].Section;
                if (current == section) _order[count++] = i;
            }
        }

        for (; count < items.Length; count++) _order[count] = count;
    }

    private bool Write(PromptView prompt, SectionRange range, TextSpan whole)
    {
        var items = range.Items;
        var (lastBefore, lastNow) = (_movable - 1, _order[_movable - 1]);
        _text.Clear();
        var open = -1;
        for (var i = 0; i < items.Length; i++)
        {
            ref readonly var item = ref items[_order[i]];
            var isLast = i + 1 == items.Length;
            if (_text.Length > (whole.Length * MostGrowth) + GrowthOfShortText) return false;
            if (item.Heading.Length > 0) BeginLine(prompt, whole.Start);
            _text.Append(prompt.Slice(item.Heading));
            Open(prompt, range, open, item.Bracket);
            _text.Append(prompt.Slice(item.Text));
            open = Close(prompt, range, item.Bracket, isLast ? -1 : items[_order[i + 1]].Bracket);

            // The end of the text belongs to the place, not to the item.
            ref readonly var end = ref items[i + 1 == _movable ? lastBefore : _order[i] == lastBefore ? lastNow : _order[i]];
            var comma = prompt.Slice(end.Comma);
            _text.Append(item.Comment.Length == 0 && end.Break.Length > 0 ? comma.TrimEnd(" \t") : comma);
            if (isLast && !prompt.Slice(end.Comma).Contains(',') && EndsInNumber(prompt.Slice(item.Text))) _text.Append(',');
            WriteComment(prompt, item);
            if (isLast) continue;
            if (item.Comment.Length > 0 && end.Break.Length == 0) _text.Append(Edit.LineEnd(prompt.Slice(prompt.Side.Span)));
            _text.Append(prompt.Slice(end.Break));
        }

        if (items[_order[items.Length - 1]].Comment.Length > 0 && whole.End < prompt.Side.Span.End && prompt.Text[whole.End] is not ('\n' or '\r')) _text.Append(Edit.LineEnd(prompt.Slice(prompt.Side.Span)));
        return true;
    }

    private void WriteComment(PromptView prompt, in SectionItem item)
    {
        if (item.Comment.Length == 0) return;
        if (_text.Length > 0 && _text[^1] is not (' ' or '\t')) _text.Append(' ');
        _text.Append(prompt.Slice(item.Comment));
    }

    private void BeginLine(PromptView prompt, int start)
    {
        var before = _text.Length > 0 ? LastOnLine() : start > 0 ? LastOnLine(prompt.Text[..start]) : '\n';
        if (before is not ('\n' or '\r')) _text.Append(Edit.LineEnd(prompt.Slice(prompt.Side.Span)));
    }

    private char LastOnLine()
    {
        for (var i = _text.Length - 1; i >= 0; i--)
            if (_text[i] is not (' ' or '\t')) return _text[i];
        return '\n';
    }

    private static char LastOnLine(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd(" \t\uFEFF");
        return text.IsEmpty ? '\n' : text[^1];
    }

    /// <summary>Opens what the item stands in, but what is open already.</summary>
    private void Open(PromptView prompt, SectionRange range, int current, int bracket)
    {
        // Found from the inside out, written from the outside in: a stack of our own, for brackets may be nested by the thousand.
        _opening.Clear();
        for (; bracket >= 0 && bracket != current; bracket = range.Brackets[bracket].Parent) _opening.Push(range.Brackets[bracket].Group);
        while (_opening.TryPop(out var group)) _text.Append(prompt.Text[prompt.Tree.Groups[group].Open]);
    }

    /// <summary>Closes what the next item does not stand in; the bracket that stays open.</summary>
    private int Close(PromptView prompt, SectionRange range, int bracket, int next)
    {
        while (bracket >= 0 && !Holds(range, bracket, next))
        {
            ref readonly var group = ref prompt.Tree.Groups[range.Brackets[bracket].Group];
            _text.Append(prompt.Text[(group.HasWeight ? group.WeightSpan.Start : group.Close)..(group.Close + 1)]);
            bracket = range.Brackets[bracket].Parent;
        }

        return bracket;
    }

    private static bool Holds(SectionRange range, int bracket, int inner)
    {
        // Brackets are numbered as they open: an outer one has the smaller number.
        while (inner > bracket) inner = range.Brackets[inner].Parent;
        return inner == bracket;
    }

    /// <summary>At the end of a prompt, <c>:3</c> would be the whole prompt's weight (KHK206).</summary>
    private static bool EndsInNumber(ReadOnlySpan<char> text)
    {
        var rest = text.TrimEnd("0123456789.+- \t");
        return rest.Length < text.Length && rest.EndsWith(":");
    }

    private TextEdit? Trimmed(PromptView prompt, TextSpan whole)
    {
        var before = prompt.Slice(whole);
        var after = _text.ToString();
        var prefix = before.CommonPrefixLength(after);
        if (prefix == before.Length && prefix == after.Length) return null;
        var suffix = 0;
        while (suffix < int.Min(before.Length, after.Length) - prefix && before[^(suffix + 1)] == after[^(suffix + 1)]) suffix++;
        return new TextEdit(new TextSpan(whole.Start + prefix, before.Length - prefix - suffix), after[prefix..^suffix]);
    }
}
