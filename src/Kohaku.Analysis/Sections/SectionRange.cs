using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Sections;

/// <summary>A run of items that may change places. The next run is read into the same storage.</summary>
internal sealed class SectionRange
{
    private const string Directive = "kohaku:";
    private readonly SectionFields _fields = new();
    private readonly List<SectionItem> _items = [];
    private readonly List<SectionBracket> _brackets = [];
    private int _field;
    private int _tag;
    private int _bracket;
    private int _mark;
    private PromptView _prompt = null!;

    /// <summary>The items, in the order of the text.</summary>
    public Span<SectionItem> Items => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_items);

    /// <summary>The brackets round several of them.</summary>
    public IReadOnlyList<SectionBracket> Brackets => _brackets;

    /// <summary>Begins with a side; false where its brackets do not pair.</summary>
    public bool Begin(PromptView prompt)
    {
        _prompt = prompt;
        (_field, _tag, _bracket, _mark) = (prompt.Side.Fields.First, 0, 0, 0);
        return _fields.Read(prompt);
    }

    /// <summary>Goes to the next run.</summary>
    public bool Next()
    {
        _items.Clear();
        _brackets.Clear();
        var end = _prompt.Side.Fields.End;
        while (_field < end && (_fields.RangeOf(_field) < 0 || _prompt.Tree.Fields[_field].IsEmpty)) _field++;
        if (_field == end) return false;
        var range = _fields.RangeOf(_field);
        var open = -1;
        while (_field < end && _fields.RangeOf(_field) == range)
        {
            if (_prompt.Tree.Fields[_field].IsEmpty)
            {
                _field++;
                continue;
            }

            if (_items.Count > 0 && open < 0 && IsDivided()) break;
            open = AddItem(open);
        }

        ReadTails();
        return true;
    }

    /// <summary>A comment line that steers the linter holds for what follows it: nothing moves across.</summary>
    private bool IsDivided()
    {
        var gap = Gap(_items[^1].LastField, _field);
        var comment = HeadingStart(gap);
        return comment >= 0 && _prompt.Text[comment..gap.End].Contains(Directive, StringComparison.OrdinalIgnoreCase);
    }

    private int AddItem(int open)
    {
        var item = new SectionItem { FirstField = _field };
        while (_fields.IsJoined(_field) && _field + 1 < _prompt.Side.Fields.End) _field++;
        item.LastField = _field++;
        var (start, end) = (_prompt.Tree.Fields[item.FirstField].Span.Start, _prompt.Tree.Fields[item.LastField].Span.End);
        for (; _bracket < _fields.Brackets.Count && _fields.Brackets[_bracket].FirstField <= item.LastField; _bracket++)
        {
            var bracket = _fields.Brackets[_bracket];

            // A bracket inside joined fields is part of their text.
            if (bracket.FirstField != item.FirstField || bracket.LastField <= item.LastField) continue;
            _brackets.Add(bracket with { Parent = open });
            open = _brackets.Count - 1;
            start = _prompt.Tree.Groups[bracket.Group].Open + 1;
        }

        item.Bracket = open;
        while (open >= 0 && _brackets[open].LastField <= item.LastField)
        {
            ref readonly var group = ref _prompt.Tree.Groups[_brackets[open].Group];
            end = int.Min(end, group.HasWeight ? group.WeightSpan.Start : group.Close);
            open = _brackets[open].Parent;
        }

        item.Text = Trimmed(start, end);
        ReadSection(ref item);
        _items.Add(item);
        return open;
    }

    private TextSpan Trimmed(int start, int end)
    {
        while (start < end && char.IsWhiteSpace(_prompt.Text[start])) start++;
        while (end > start && char.IsWhiteSpace(_prompt.Text[end - 1])) end--;
        return TextSpan.FromBounds(start, end);
    }

    private void ReadSection(ref SectionItem item)
    {
        var tags = _prompt.Tags;
        while (_tag < tags.Length && tags[_tag].Field < item.FirstField) _tag++;
        item.FirstTag = _tag;
        item.Section = _tag < tags.Length && tags[_tag].Field <= item.LastField ? tags[_tag].Text.Section : -1;
        for (; _tag < tags.Length && tags[_tag].Field <= item.LastField; _tag++)
            if (tags[_tag].Text.Section != item.Section) item.Section = -1;
        item.EndTag = _tag;
    }

    private void ReadTails()
    {
        var items = Items;
        for (var i = 0; i < items.Length; i++)
        {
            ref var item = ref items[i];
            var isLast = i + 1 == items.Length;
            var gap = Gap(item.LastField, isLast ? -1 : items[i + 1].FirstField);
            ReadTail(ref item, gap, isLast);
            if (!isLast) items[i + 1].Heading = TextSpan.FromBounds(item.Break.End, gap.End);
        }

        if (items.Length == 0) return;
        var before = items[0].FirstField == _prompt.Side.Fields.First ? _prompt.Side.Span.Start : _prompt.Tree.Fields[items[0].FirstField - 1].Span.End;
        var first = _prompt.Tree.Fields[items[0].FirstField].Span.Start;
        for (; _mark < _prompt.Marks.Length && _prompt.Marks[_mark].Span.Start < first; _mark++)
            if (_prompt.Marks[_mark].Kind is MarkKind.Break or MarkKind.And) before = int.Max(before, _prompt.Marks[_mark].Span.End);
        var head = TextSpan.FromBounds(before, first);
        items[0].Heading = Heading(head, HeadingStart(head));
    }

    /// <summary>The text between two items, or behind the last one to its line's end.</summary>
    private TextSpan Gap(int field, int next)
    {
        var start = _prompt.Tree.Fields[field].Span.End;
        if (next >= 0) return TextSpan.FromBounds(start, _prompt.Tree.Fields[next].Span.Start);
        var end = start;
        while (end < _prompt.Side.Span.End && _prompt.Text[end] is ' ' or '\t' or ',' or '，' or '、') end++;
        if (end < _prompt.Side.Span.End && _prompt.Text[end] == '#' && _prompt.Tree.Options.Comments)
        {
            while (end < _prompt.Side.Span.End && _prompt.Text[end] is not ('\n' or '\r')) end++;
        }

        return TextSpan.FromBounds(start, end);
    }

    private void ReadTail(ref SectionItem item, TextSpan gap, bool isLast)
    {
        var text = _prompt.Text;
        var at = gap.Start;
        while (at < gap.End && text[at] is not ('#' or '\n' or '\r')) at++;
        item.Comma = TextSpan.FromBounds(gap.Start, at);
        var comment = at;
        if (at < gap.End && text[at] == '#')
            while (at < gap.End && text[at] is not ('\n' or '\r')) at++;
        item.Comment = TextSpan.FromBounds(comment, at);
        var end = at;
        while (end < gap.End && text[end] != '#') end++;
        item.Break = isLast ? new TextSpan(at, 0) : TextSpan.FromBounds(at, end);
    }

    /// <summary>The comment lines above the first item, but those that steer the linter.</summary>
    private TextSpan Heading(TextSpan gap, int start)
    {
        if (start < 0 || start >= gap.End) return new TextSpan(gap.End, 0);
        var text = _prompt.Text[start..gap.End];
        var directive = text.LastIndexOf(Directive, StringComparison.OrdinalIgnoreCase);
        if (directive < 0) return TextSpan.FromBounds(start, gap.End);
        var rest = text[directive..].IndexOf('#');
        return rest < 0 ? new TextSpan(gap.End, 0) : TextSpan.FromBounds(start + directive + rest, gap.End);
    }

    /// <summary>Where the first comment on a line of its own begins, or −1.</summary>
    private int HeadingStart(TextSpan gap)
    {
        var text = _prompt.Text;
        for (var i = gap.Start; i < gap.End; i++)
        {
            if (text[i] != '#') continue;
            var line = i;
            while (line > 0 && text[line - 1] is ' ' or '\t') line--;
            if (line == 0 || text[line - 1] is '\n' or '\r') return i;
            while (i < gap.End && text[i] is not ('\n' or '\r')) i++;
        }

        return -1;
    }
}
