using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Tokens;

/// <summary>Counts the tokens of one side of a prompt exactly, with their places in the text as it is written. Reusable; not for two threads at once.</summary>
/// <remarks>
/// Goes the way of <see cref="PromptMeaning"/> and <see cref="Chunks"/> (comments, networks, AND, prompt editing, emphasis, chunks), so that it counts what <c>kohaku tokens</c> prints.
/// Of prompt editing and alternation it takes the text of the last step.
/// </remarks>
public sealed class SideCounter(ClipTokenizer tokenizer)
{
    private readonly ChunkLayout _layout = new(tokenizer);
    private readonly AttentionReader _runs = new();
    private readonly SideText _side = new();
    private readonly PieceMap _stripped = new();
    private readonly PieceMap _chosen = new();
    private char[] _withoutNetworks = new char[256];
    private char[] _step = new char[256];

    /// <summary>Counts a side.</summary>
    /// <param name="tree">The text it stands in.</param>
    /// <param name="side">Row of <see cref="SyntaxTree.Sides"/>.</param>
    /// <param name="steps">Steps of the pass, at least 1: decides which text prompt editing ends with.</param>
    public SideTokens Count(SyntaxTree tree, int side, int steps)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        _side.Read(tree, side);
        var dialect = tree.Options.Dialect;
        if (dialect == Dialect.ComfyUI || tree.Sides[side].IsNegative)
        {
            _stripped.Clear();
            _stripped.Add(0, 0, _side.Chars.Length);
            return new SideTokens([CountPart(_side.Chars, 0, dialect, steps)]);
        }

        var text = WithoutNetworks(_side.Chars);
        var parts = new List<PartTokens>(1);
        for (var from = 0; from >= 0;)
        {
            from = Composition.Next(text, from, out var part);
            parts.Add(CountPart(text.Slice(part.Span.Start, part.Span.Length), part.Span.Start, dialect, steps));
        }

        return new SideTokens(parts);
    }

    private PartTokens CountPart(ReadOnlySpan<char> text, int offset, Dialect dialect, int steps)
    {
        var last = dialect == Dialect.A1111 ? AtLastStep(text, steps) : All(text);
        _runs.Read(last, dialect);
        _layout.Read(last, _runs.Runs, dialect);

        var offsets = new int[_layout.TokenOffsets.Length];
        for (var i = 0; i < offsets.Length; i++) offsets[i] = ToSource(_layout.TokenOffsets[i], offset);
        var end = text.IsEmpty ? ToSource(0, offset) : EndOf(text, offset);
        return new PartTokens(_layout.Count, offsets, Places(text, offset, end), end);
    }

    private ChunkPlace[] Places(ReadOnlySpan<char> text, int offset, int end)
    {
        var chunks = new ChunkPlace[_layout.ChunkCount];
        var first = 0;
        for (var i = 0; i < chunks.Length - 1; i++)
        {
            var border = _layout.Borders[i];
            chunks[i] = new ChunkPlace(first, border.Tokens, EndOf(text[..Chosen(border.Offset, text.Length)], offset), border.IsBreak);
            first += border.Tokens;
        }

        chunks[^1] = new ChunkPlace(first, _layout.Count - ((chunks.Length - 1) * TokenChunk.Capacity), end, IsBreak: false);
        return chunks;
    }

    /// <summary>Where the last character of a part's beginning ends in the tree's text, blanks behind it left out.</summary>
    private int EndOf(ReadOnlySpan<char> text, int offset)
    {
        var length = text.TrimEnd().Length;
        return length == 0 ? FromPart(0, offset) : FromPart(length - 1, offset) + 1;
    }

    private int ToSource(int assembled, int offset)
    {
        var start = assembled;
        return FromPart(_chosen.TryTake(ref start, assembled + 1, out var chosen) ? chosen.Start : assembled, offset);
    }

    private int Chosen(int assembled, int length)
    {
        var start = assembled;
        return _chosen.TryTake(ref start, assembled + 1, out var chosen) ? chosen.Start : length;
    }

    private int FromPart(int inPart, int offset)
    {
        var start = offset + inPart;
        return _side.ToSource(_stripped.TryTake(ref start, start + 1, out var stripped) ? stripped.Start : _side.Chars.Length);
    }

    private ReadOnlySpan<char> All(ReadOnlySpan<char> text)
    {
        _chosen.Clear();
        _chosen.Add(0, 0, text.Length);
        return text;
    }

    private ReadOnlySpan<char> AtLastStep(ReadOnlySpan<char> text, int steps)
    {
        var structure = ScheduleStructure.Parse(text);
        if (structure.IsLiteral || structure.Brackets.IsEmpty) return All(text);

        // A step's text is never longer than the part: of the options one is taken.
        _chosen.Clear();
        if (_step.Length < text.Length) _step = new char[int.Max(text.Length, _step.Length * 2)];
        var length = 0;
        var walk = new ScheduleWalk(structure, text.Length, new ScheduleStep(steps, steps, null));
        while (walk.MoveNext())
        {
            var piece = walk.Current;
            text.Slice(piece.Start, piece.Length).CopyTo(_step.AsSpan(length));
            _chosen.Add(length, piece.Start, piece.Length);
            length += piece.Length;
        }

        return _step.AsSpan(0, length);
    }

    private ReadOnlySpan<char> WithoutNetworks(ReadOnlySpan<char> text)
    {
        _stripped.Clear();
        if (!Networks.TryFind(text, 0, out var network, out _))
        {
            _stripped.Add(0, 0, text.Length);
            return text;
        }

        if (_withoutNetworks.Length < text.Length) _withoutNetworks = new char[int.Max(text.Length, _withoutNetworks.Length * 2)];
        var length = 0;
        var from = 0;
        do
        {
            Keep(text, from, network.Start, ref length);
            from = network.End;
        }
        while (Networks.TryFind(text, from, out network, out _));
        Keep(text, from, text.Length, ref length);
        return _withoutNetworks.AsSpan(0, length);
    }

    private void Keep(ReadOnlySpan<char> text, int start, int end, ref int length)
    {
        text[start..end].CopyTo(_withoutNetworks.AsSpan(length));
        _stripped.Add(length, start, end - start);
        length += end - start;
    }
}
