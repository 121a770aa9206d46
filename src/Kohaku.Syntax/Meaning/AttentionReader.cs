namespace Kohaku.Syntax.Meaning;

/// <summary>Reads emphasis into runs with their places, without allocating once its buffers have grown. Not for two threads at once.</summary>
/// <remarks>
/// In A1111 the source of a run is its text. In ComfyUI it is its text once <c>\(</c> and <c>\)</c> are unescaped.
/// Characters in no run (brackets, weights, backslashes that escape) reach no tokenizer.
/// </remarks>
public sealed class AttentionReader
{
    private readonly A1111Attention _a1111 = new();
    private readonly ComfyAttention _comfy = new();
    private AttentionRun[] _runs = new AttentionRun[16];
    private int _count;

    /// <summary>Runs of the text read last, in its order, not joined.</summary>
    public ReadOnlySpan<AttentionRun> Runs => _runs.AsSpan(0, _count);

    /// <summary>The first weight A1111 fails on, in the text read last.</summary>
    public AttentionError? Error { get; private set; }

    /// <summary>Reads a text; <see cref="Runs"/> and <see cref="Error"/> are then its own.</summary>
    public void Read(ReadOnlySpan<char> text, Dialect dialect)
    {
        _count = 0;
        Error = null;
        if (dialect == Dialect.A1111)
            Error = _a1111.Read(text, this);
        else
            _comfy.Read(text, this);
    }

    internal void Add(int start, int end, double weight, bool isBreak = false)
    {
        if (_count == _runs.Length)
            Array.Resize(ref _runs, _count * 2);
        _runs[_count++] = new AttentionRun(start, end - start, weight, isBreak);
    }

    internal Span<AttentionRun> Added => _runs.AsSpan(0, _count);
}
