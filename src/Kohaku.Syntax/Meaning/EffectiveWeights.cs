namespace Kohaku.Syntax.Meaning;

/// <summary>The weight with which each character of a prompt reaches the tokenizer, by places in the prompt as it is written.</summary>
/// <remarks>
/// Networks, <c>AND</c>, a part's weight, brackets, weights, and the bars, colons and numbers of editing and alternation are in no run: they
/// are no text. All options of editing and alternation are taken as text together, since each is text at some step.
/// A part's own weight is not multiplied in. Reusable, allocates only what its buffers need to grow; not for two threads at once.
/// </remarks>
public sealed class EffectiveWeights
{
    private readonly AttentionReader _reader = new();
    private readonly PieceMap _kept = new();
    private readonly PieceMap _chosen = new();
    private char[] _stripped = new char[256];
    private char[] _assembled = new char[256];
    private AttentionRun[] _runs = new AttentionRun[16];
    private int _count;

    /// <summary>Runs of the prompt read last, sorted, not overlapping, none empty.</summary>
    public ReadOnlySpan<AttentionRun> Runs => _runs.AsSpan(0, _count);

    /// <summary>The first weight A1111 fails on.</summary>
    public AttentionError? Error { get; private set; }

    /// <summary>Reads a prompt without comments.</summary>
    /// <param name="text">The prompt.</param>
    /// <param name="dialect">Whose rules.</param>
    /// <param name="isNegative">Whether it is a negative prompt.</param>
    public void Read(ReadOnlySpan<char> text, Dialect dialect, bool isNegative = false)
    {
        _count = 0;
        Error = null;
        _kept.Clear();
        if (dialect == Dialect.ComfyUI)
        {
            _kept.Add(0, 0, text.Length);
            ReadPiece(text, 0, dialect);
            return;
        }

        var stripped = isNegative ? KeepAll(text) : Strip(text);
        if (isNegative)
        {
            ReadPart(stripped, new TextSpan(0, stripped.Length));
            return;
        }

        for (var from = 0; from >= 0;)
        {
            from = Composition.Next(stripped, from, out var part);
            ReadPart(stripped, part.Span);
        }
    }

    /// <summary>The weight at an offset of the prompt read last; <see langword="null"/> for what is no text.</summary>
    public double? At(int offset)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_runs[middle].End <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _count && _runs[low].Start <= offset ? _runs[low].Weight : null;
    }

    private ReadOnlySpan<char> KeepAll(ReadOnlySpan<char> text)
    {
        _kept.Add(0, 0, text.Length);
        return text;
    }

    private ReadOnlySpan<char> Strip(ReadOnlySpan<char> text)
    {
        if (!Networks.TryFind(text, 0, out var network, out _))
            return KeepAll(text);
        var length = 0;
        var position = 0;
        do
        {
            Keep(text, position, network.Start);
            position = network.End;
        }
        while (Networks.TryFind(text, position, out network, out _));
        Keep(text, position, text.Length);
        return _stripped.AsSpan(0, length);

        void Keep(ReadOnlySpan<char> from, int start, int end)
        {
            Grow(ref _stripped, length + end - start);
            from[start..end].CopyTo(_stripped.AsSpan(length));
            _kept.Add(length, start, end - start);
            length += end - start;
        }
    }

    private void ReadPart(ReadOnlySpan<char> stripped, TextSpan part)
    {
        var text = stripped.Slice(part.Start, part.Length);
        var structure = ScheduleStructure.Parse(text);
        if (structure.IsLiteral || structure.Brackets.IsEmpty)
        {
            ReadPiece(text, part.Start, Dialect.A1111);
            return;
        }

        _chosen.Clear();
        var length = 0;
        var walk = new ScheduleWalk(structure, text.Length, null);
        while (walk.MoveNext())
        {
            var piece = walk.Current;
            if (walk.IsNextOption)
            {
                // Options never stand side by side: a blank keeps their words apart.
                Grow(ref _assembled, length + 1);
                _assembled[length++] = ' ';
            }

            Grow(ref _assembled, length + piece.Length);
            text.Slice(piece.Start, piece.Length).CopyTo(_assembled.AsSpan(length));
            _chosen.Add(length, part.Start + piece.Start, piece.Length);
            length += piece.Length;
        }

        _reader.Read(_assembled.AsSpan(0, length), Dialect.A1111);
        foreach (ref readonly var run in _reader.Runs)
        {
            var start = run.Start;
            while (_chosen.TryTake(ref start, run.End, out var span))
                AddStripped(span, run);
        }

        if (_reader.Error is { } error && Error is null)
        {
            var start = error.Span.Start;
            if (_chosen.TryTake(ref start, error.Span.End, out var span))
                Error = new AttentionError(ToSource(span), error.Message);
        }
    }

    /// <summary>Reads a stretch of the text without networks that needs no putting together.</summary>
    private void ReadPiece(ReadOnlySpan<char> text, int offset, Dialect dialect)
    {
        _reader.Read(text, dialect);
        foreach (ref readonly var run in _reader.Runs)
            AddStripped(new TextSpan(offset + run.Start, run.Length), run);
        if (_reader.Error is { } error)
            Error ??= new AttentionError(ToSource(error.Span with { Start = error.Span.Start + offset }), error.Message);
    }

    private void AddStripped(TextSpan span, in AttentionRun run)
    {
        var start = span.Start;
        while (_kept.TryTake(ref start, span.End, out var source))
        {
            if (_count == _runs.Length)
                Array.Resize(ref _runs, _count * 2);
            _runs[_count++] = run with { Start = source.Start, Length = source.Length };
        }
    }

    private TextSpan ToSource(TextSpan stripped)
    {
        var start = stripped.Start;
        _kept.TryTake(ref start, stripped.End, out var source);
        var end = source.End;
        while (_kept.TryTake(ref start, stripped.End, out var more))
            end = more.End;
        return TextSpan.FromBounds(source.Start, end);
    }

    private static void Grow(ref char[] buffer, int needed)
    {
        if (needed > buffer.Length)
            Array.Resize(ref buffer, Math.Max(needed, buffer.Length * 2));
    }
}
