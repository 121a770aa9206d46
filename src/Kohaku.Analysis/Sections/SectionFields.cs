using System.Buffers;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Sections;

/// <summary>Decides which fields of a side may change places, and which are joined.</summary>
/// <remarks>
/// Nothing crosses BREAK, AND, editing or alternatives. A field that touches such a bracket stays where it is, and so does what stands in
/// a bracket that reaches across one.
/// </remarks>
internal sealed class SectionFields
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(")] \t:.+-0123456789");

    private readonly List<SectionBracket> _brackets = [];
    private readonly List<int> _open = [];
    private int[] _range = new int[64];
    private int[] _joins = new int[64];
    private int[] _stays = new int[64];
    private int _first;
    private int _count;

    /// <summary>Brackets round several fields that may be opened and closed anew, in the order in which they open.</summary>
    public IReadOnlyList<SectionBracket> Brackets => _brackets;

    /// <summary>Which run of exchangeable fields a field belongs to; −1 where it stays.</summary>
    public int RangeOf(int field) => _range[field - _first];

    /// <summary>Whether a bracket that cannot be divided joins a field and the next one.</summary>
    public bool IsJoined(int field) => _joins[field - _first] > 0;

    /// <summary>Reads a side; false where its brackets do not pair, so that nothing can be said.</summary>
    public bool Read(PromptView prompt)
    {
        var side = prompt.Side;
        (_first, _count) = (side.Fields.First, side.Fields.Count);
        Clear();
        foreach (ref readonly var mark in prompt.Marks)
            if (mark.Kind == MarkKind.StrayClose) return false;
        Divide(prompt);
        for (var i = side.Groups.First; i < side.Groups.End; i++)
        {
            ref readonly var group = ref prompt.Tree.Groups[i];
            if (!group.IsClosed) return false;
            if (group.Kind is GroupKind.Round or GroupKind.Square && !AddBracket(prompt, i)) return false;
        }

        var (joins, stays) = (0, 0);
        for (var i = 0; i < _count; i++)
        {
            _joins[i] = joins += _joins[i];
            stays += _stays[i];
            if (stays > 0) _range[i] = -1;
        }

        return true;
    }

    private void Clear()
    {
        if (_range.Length <= _count)
        {
            var size = int.Max(_count + 1, _range.Length * 2);
            (_range, _joins, _stays) = (new int[size], new int[size], new int[size]);
        }

        _joins.AsSpan(0, _count + 1).Clear();
        _stays.AsSpan(0, _count + 1).Clear();
        _brackets.Clear();
        _open.Clear();
    }

    private void Divide(PromptView prompt)
    {
        var fields = prompt.Fields;
        var range = 0;
        var isGlued = false;
        var mark = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            ref readonly var field = ref fields[i];

            // `a, BREAK, b`: no field ends at the BREAK.
            for (; mark < prompt.Marks.Length && prompt.Marks[mark].Span.Start < field.Span.Start; mark++)
                if (prompt.Marks[mark].Kind is MarkKind.Break or MarkKind.And) range++;
            _range[i] = isGlued && !field.IsEmpty ? -1 : range;
            var separator = field.Separator < 0 ? TokenKind.Break : prompt.Tree.Tokens[field.Separator].Kind;
            if (separator is TokenKind.Comma or TokenKind.WideComma or TokenKind.LineBreak)
            {
                isGlued = false;
                continue;
            }

            isGlued = separator is not (TokenKind.Break or TokenKind.And);
            if (isGlued && !field.IsEmpty) _range[i] = -1;
            range++;
        }

        foreach (ref readonly var part in prompt.Parts)
            if (part.WeightSpan.Length > 0) _range[FieldAt(prompt, part.WeightSpan.Start)] = -1;
    }

    /// <summary>Takes a bracket in; false where it crosses another one.</summary>
    private bool AddBracket(PromptView prompt, int index)
    {
        ref readonly var group = ref prompt.Tree.Groups[index];
        var (first, last) = (FieldAt(prompt, group.Open), FieldAt(prompt, group.Close));
        while (_open.Count > 0 && prompt.Tree.Groups[_open[^1]].Close < group.Open) _open.RemoveAt(_open.Count - 1);
        if (_open.Count > 0 && prompt.Tree.Groups[_open[^1]].Close < group.Close) return false;
        _open.Add(index);
        if (first == last) return true;
        if (_range[first] != _range[last] || _range[first] < 0)
        {
            Stay(first, EndOfRange(first));
            Stay(StartOfRange(last), last + 1);
            return true;
        }

        if (!OpensField(prompt, first, group) || !ClosesField(prompt, last, group))
        {
            _joins[first]++;
            _joins[last]--;
            return true;
        }

        _brackets.Add(new SectionBracket(index, -1, first + _first, last + _first));
        return true;
    }

    private void Stay(int from, int end)
    {
        _stays[from]++;
        _stays[end]--;
    }

    private int StartOfRange(int field)
    {
        var start = field;
        while (start > 0 && _range[start - 1] == _range[field]) start--;
        return start;
    }

    private int EndOfRange(int field)
    {
        var end = field + 1;
        while (end < _count && _range[end] == _range[field]) end++;
        return end;
    }

    private static bool OpensField(PromptView prompt, int field, in GroupNode group)
    {
        ref readonly var node = ref prompt.Fields[field];
        return node.Pieces.Count > 0 && prompt.Tree.Pieces[node.Pieces.First].Span.Start > group.Open
            && !prompt.Text[node.Span.Start..group.Open].ContainsAnyExcept("([ \t");
    }

    private static bool ClosesField(PromptView prompt, int field, in GroupNode group)
    {
        ref readonly var node = ref prompt.Fields[field];
        return node.Pieces.Count > 0 && prompt.Tree.Pieces[node.Pieces.End - 1].Span.End <= group.Close
            && !prompt.Text[(group.Close + 1)..node.Span.End].ContainsAnyExcept(Ends);
    }

    /// <summary>The field that holds an offset, counted from the side's first.</summary>
    private static int FieldAt(PromptView prompt, int offset)
    {
        var fields = prompt.Fields;
        var (low, high) = (0, fields.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (fields[middle].Span.Start <= offset) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
