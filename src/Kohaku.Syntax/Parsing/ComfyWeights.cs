using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Parsing;

/// <summary>Gives each piece the weight that ComfyUI gives it: the tree's brackets alone do not say, for a lone one changes how the others are read.</summary>
internal sealed class ComfyWeights
{
    private readonly AttentionReader _reader = new();
    private char[] _text = new char[256];

    /// <summary>Weighs the pieces of one side.</summary>
    public void Apply(SyntaxTree tree, ReadOnlySpan<char> text, TextSpan side, int firstPiece, int firstMark)
    {
        _reader.Read(WithoutComments(tree, text.Slice(side.Start, side.Length), side.Start, firstMark), Dialect.ComfyUI);
        var runs = _reader.Runs;
        var run = 0;
        for (var i = firstPiece; i < tree.PieceRows.Count; i++)
        {
            ref var piece = ref tree.PieceRows[i];
            while (run < runs.Length && runs[run].End + side.Start <= piece.Span.Start) run++;
            if (run == runs.Length) return;
            if (runs[run].Start + side.Start < piece.Span.End) piece.Weight = runs[run].Weight;
        }
    }

    /// <summary>The text with blanks for its comments, so that places stay.</summary>
    private ReadOnlySpan<char> WithoutComments(SyntaxTree tree, ReadOnlySpan<char> side, int start, int firstMark)
    {
        var copied = false;
        for (var i = firstMark; i < tree.MarkRows.Count; i++)
        {
            var mark = tree.MarkRows[i];
            if (mark.Kind != MarkKind.Comment) continue;
            if (!copied && _text.Length < side.Length) _text = new char[side.Length];
            if (!copied) side.CopyTo(_text);
            copied = true;
            _text.AsSpan(mark.Span.Start - start, mark.Span.Length).Fill(' ');
        }

        return copied ? _text.AsSpan(0, side.Length) : side;
    }
}
