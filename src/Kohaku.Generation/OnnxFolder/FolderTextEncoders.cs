using Kohaku.Generation.Models;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>Both text encoders of a folder. Exports take token ids only, so that no embedding's vectors can stand among them.</summary>
internal sealed class FolderTextEncoders(FolderTextEncoder first, FolderTextEncoder second) : ITextEncoders, IDisposable
{
    /// <inheritdoc/>
    public int FirstWidth => first.Width;

    /// <inheritdoc/>
    public int SecondWidth => second.Width;

    /// <inheritdoc/>
    public int PooledWidth => second.PooledWidth;

    /// <inheritdoc/>
    /// <exception cref="ModelException">A chunk has vectors.</exception>
    public IReadOnlyList<EncodedChunk> Encode(IReadOnlyList<EncoderChunk> chunks, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        if (chunks.Any(chunk => chunk.Vectors.Count > 0))
            throw new ModelException("a textual-inversion embedding cannot be used with an ONNX folder, whose text encoders take token ids only", "Take the embedding out of the prompt, or use the single-file checkpoint");

        var encoded = new EncodedChunk[chunks.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            var (hidden, _) = first.Encode(chunks[i].First, cancellation);
            var (secondHidden, pooled) = second.Encode(chunks[i].Second, cancellation);
            encoded[i] = new EncodedChunk(hidden, secondHidden, pooled);
        }

        return encoded;
    }

    /// <summary>Closes both.</summary>
    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
