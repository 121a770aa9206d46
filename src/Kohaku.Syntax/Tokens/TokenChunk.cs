namespace Kohaku.Syntax.Tokens;

/// <summary>What one call of a text encoder takes: 77 tokens, the first <see cref="ClipTokenizer.Start"/>, and a weight for each.</summary>
/// <param name="Tokens">The token ids; 0 where an embedding's vector stands.</param>
/// <param name="Weights">The weights of the tokens, neighbours of one weight as one run.</param>
/// <param name="Embeddings">Where embeddings stand; usually none.</param>
public sealed record TokenChunk(int[] Tokens, WeightRun[] Weights, EmbeddingPlace[] Embeddings)
{
    /// <summary>Tokens of a chunk without the two that begin and end it.</summary>
    public const int Capacity = 75;

    /// <summary>Tokens of a chunk.</summary>
    public const int Length = Capacity + 2;
}

/// <summary>Tokens in succession that have one weight.</summary>
/// <param name="Length">How many.</param>
/// <param name="Weight">Their weight.</param>
public readonly record struct WeightRun(int Length, double Weight);

/// <summary>A textual-inversion embedding in a chunk.</summary>
/// <param name="Position">The place of its first vector among the chunk's tokens.</param>
/// <param name="Length">How many of its vectors stand here. ComfyUI may divide one between chunks.</param>
/// <param name="First">The first of its vectors that stands here.</param>
/// <param name="Name">Its name.</param>
public readonly record struct EmbeddingPlace(int Position, int Length, int First, string Name);

/// <summary>A text's chunks.</summary>
/// <param name="Count">
/// Tokens as A1111 counts them: 75 for each chunk but the last, and what the last has. A prompt that ends in a BREAK has 75 for its last chunk too.
/// </param>
/// <param name="Chunks">The chunks, at least one.</param>
public sealed record ChunkedText(int Count, IReadOnlyList<TokenChunk> Chunks);

/// <summary>What a text encoder of SDXL fills a chunk up with.</summary>
public enum ChunkPadding
{
    /// <summary>Encoder 1, CLIP ViT-L: the end token.</summary>
    End,

    /// <summary>Encoder 2, OpenCLIP bigG, in ComfyUI: zeros.</summary>
    Zero,
}
