namespace Kohaku.Syntax.Meaning;

/// <summary>One side of a prompt as a generator gets it: without comments and outer blanks. Knows where each character came from; reusable, not for two threads at once.</summary>
public sealed class SideText
{
    private readonly PieceMap _kept = new();
    private char[] _chars = new char[256];
    private int _start;
    private int _end;
    private int _sourceEnd;

    /// <summary>The text read last.</summary>
    public ReadOnlySpan<char> Chars => _chars.AsSpan(_start, _end - _start);

    /// <summary>The text of a side.</summary>
    /// <param name="tree">The text it stands in.</param>
    /// <param name="side">Row of <see cref="SyntaxTree.Sides"/>.</param>
    public static string Of(SyntaxTree tree, int side)
    {
        var text = new SideText();
        text.Read(tree, side);
        return text.Chars.ToString();
    }

    /// <summary>Reads a side; <see cref="Chars"/> is then its text.</summary>
    /// <param name="tree">The text it stands in.</param>
    /// <param name="side">Row of <see cref="SyntaxTree.Sides"/>.</param>
    public void Read(SyntaxTree tree, int side)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ref readonly var node = ref tree.Sides[side];
        if (_chars.Length < node.Span.Length) _chars = new char[int.Max(node.Span.Length, _chars.Length * 2)];
        _kept.Clear();
        (_start, _end, _sourceEnd) = (0, 0, node.Span.End);
        var at = node.Span.Start;
        for (var i = node.Marks.First; i < node.Marks.End; i++)
        {
            var mark = tree.Marks[i];
            if (mark.Kind != MarkKind.Comment) continue;

            Keep(tree.Text, at, mark.Span.Start);
            at = mark.Span.End;
        }

        Keep(tree.Text, at, node.Span.End);
        var all = _chars.AsSpan(0, _end);
        _start = all.Length - all.TrimStart().Length;
        _end = int.Max(_start, all.TrimEnd().Length);
    }

    /// <summary>Where a character of <see cref="Chars"/> stands in the tree's text; the side's end for an offset behind the last.</summary>
    public int ToSource(int offset)
    {
        var start = _start + offset;
        return _kept.TryTake(ref start, start + 1, out var source) ? source.Start : _sourceEnd;
    }

    private void Keep(ReadOnlySpan<char> text, int start, int end)
    {
        text[start..end].CopyTo(_chars.AsSpan(_end));
        _kept.Add(_end, start, end - start);
        _end += end - start;
    }
}
