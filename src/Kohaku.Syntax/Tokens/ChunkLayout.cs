using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Tokens;

/// <summary>How a text fills chunks, by places in the text: what the linter and the editor's counter ask. Reusable; allocates nothing once its buffers have grown. Not for two threads at once.</summary>
/// <remarks>Agrees with <see cref="Chunks.Of"/>: both use one division.</remarks>
public sealed class ChunkLayout(ClipTokenizer tokenizer, Embeddings? embeddings = null)
{
    private readonly TokenRuns _text = new(tokenizer, embeddings);
    private readonly List<ChunkDivision.Part> _parts = [];
    private ChunkBorder[] _borders = new ChunkBorder[4];

    /// <summary>Tokens as A1111 counts them: 75 for each chunk but the last, and what the last has.</summary>
    public int Count { get; private set; }

    /// <summary>How many chunks there are: at least one.</summary>
    public int ChunkCount => int.Max(_parts.Count, 1);

    /// <summary>Where the chunks after the first begin, in order: one less than there are chunks.</summary>
    public ReadOnlySpan<ChunkBorder> Borders => _borders.AsSpan(0, ChunkCount - 1);

    /// <summary>Per token the offset in the text of the character it begins in.</summary>
    public ReadOnlySpan<int> TokenOffsets => _text.Tokens.Offsets;

    /// <summary>Lays out a text.</summary>
    /// <param name="text">The text the runs refer to.</param>
    /// <param name="runs">Its runs, in order, not joined: those of <see cref="AttentionReader"/>. <c>AND</c> makes prompts of their own, each with its own layout.</param>
    /// <param name="dialect">Whose chunks.</param>
    public void Read(ReadOnlySpan<char> text, ReadOnlySpan<AttentionRun> runs, Dialect dialect)
    {
        _text.Read(text, runs, dialect);
        Count = ChunkDivision.Divide(_text, dialect, _parts);
        if (_borders.Length < _parts.Count) _borders = new ChunkBorder[_parts.Count * 2];
        for (var i = 1; i < _parts.Count; i++)
        {
            var part = _parts[i];
            var before = _parts[i - 1];
            var offset = part.Start < _text.Tokens.Count ? _text.Tokens.Offsets[part.Start] : text.Length;
            _borders[i - 1] = new ChunkBorder(offset, before.End - before.Start, before.IsBreak);
        }
    }
}

/// <summary>The border of two chunks.</summary>
/// <param name="Offset">Where the later one begins: the UTF-16 offset of the character that its first token begins in, or the text's end.</param>
/// <param name="Tokens">How many tokens the earlier one has, fill not counted.</param>
/// <param name="IsBreak">Whether a BREAK asked for it.</param>
public readonly record struct ChunkBorder(int Offset, int Tokens, bool IsBreak);
