namespace Kohaku.Generation.Models;

/// <summary>The two text encoders of SDXL.</summary>
public interface ITextEncoders
{
    /// <summary>Numbers a token of encoder 1 (768 in SDXL).</summary>
    public int FirstWidth { get; }

    /// <summary>Numbers a token of encoder 2 (1280 in SDXL).</summary>
    public int SecondWidth { get; }

    /// <summary>Numbers of the pooled vector (1280 in SDXL).</summary>
    public int PooledWidth { get; }

    /// <summary>Encodes chunks.</summary>
    /// <returns>One for each chunk, in order.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<EncodedChunk> Encode(IReadOnlyList<EncoderChunk> chunks, CancellationToken cancellation);
}

/// <summary>What the encoders take for one chunk.</summary>
/// <param name="First">Ids for encoder 1, <c>[tokens]</c>: 77, more only where an embedding of more than 75 vectors stands.</param>
/// <param name="Second">Ids for encoder 2, as many.</param>
/// <param name="Vectors">Vectors of textual-inversion embeddings, which stand in place of a token's own.</param>
public sealed record EncoderChunk(int[] First, int[] Second, IReadOnlyList<TokenVector> Vectors);

/// <summary>A vector in place of a token's own.</summary>
/// <param name="Position">The token's index in the chunk.</param>
/// <param name="First">For encoder 1, <c>[FirstWidth]</c>.</param>
/// <param name="Second">For encoder 2, <c>[SecondWidth]</c>.</param>
public sealed record TokenVector(int Position, ReadOnlyMemory<float> First, ReadOnlyMemory<float> Second);

/// <summary>A chunk encoded, before any weighting.</summary>
/// <param name="First">Penultimate layer of encoder 1 without final norm, <c>[tokens, FirstWidth]</c>.</param>
/// <param name="Second">Penultimate layer of encoder 2 without final norm, <c>[tokens, SecondWidth]</c>.</param>
/// <param name="Pooled">Encoder 2's last layer → final norm → first 49407 → projection, <c>[PooledWidth]</c>.</param>
public sealed record EncodedChunk(float[] First, float[] Second, float[] Pooled);
