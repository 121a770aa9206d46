using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>The text encoders of a checkpoint.</summary>
/// <param name="first">Opens encoder 1.</param>
/// <param name="second">Opens encoder 2.</param>
/// <param name="sizes">Their sizes.</param>
internal sealed class CheckpointTextEncoders(Lazy<ModelSession> first, Lazy<ModelSession> second, EncoderSizes sizes) : ITextEncoders
{
    /// <summary>CLIP's end of text.</summary>
    private const int EndOfText = 49407;

    /// <inheritdoc/>
    public int FirstWidth => sizes.FirstWidth;

    /// <inheritdoc/>
    public int SecondWidth => sizes.SecondWidth;

    /// <inheritdoc/>
    public int PooledWidth => sizes.PooledWidth;

    /// <inheritdoc/>
    public IReadOnlyList<EncodedChunk> Encode(IReadOnlyList<EncoderChunk> chunks, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        foreach (var chunk in chunks) Check(chunk);

        var encoded = new EncodedChunk[chunks.Count];
        foreach (var alike in Enumerable.Range(0, chunks.Count).GroupBy(i => chunks[i].First.Length))
        {
            int[] places = [.. alike];
            var results = EncodeAlike([.. places.Select(i => chunks[i])], cancellation);
            for (var i = 0; i < places.Length; i++) encoded[places[i]] = results[i];
        }

        return encoded;
    }

    private EncodedChunk[] EncodeAlike(EncoderChunk[] chunks, CancellationToken cancellation)
    {
        var tokens = chunks[0].First.Length;
        var (firstHidden, _) = Run(first.Value, chunks, chunk => chunk.First, vector => vector.First, FirstWidth, 0, cancellation);
        var (secondHidden, pooled) = Run(second.Value, chunks, chunk => chunk.Second, vector => vector.Second, SecondWidth, PooledWidth, cancellation);
        return
        [
            .. Enumerable.Range(0, chunks.Length).Select(i => new EncodedChunk(
                Part(firstHidden, i, tokens * FirstWidth), Part(secondHidden, i, tokens * SecondWidth), Part(pooled, i, PooledWidth))),
        ];
    }

    private static (float[] Hidden, float[] Pooled) Run(
        ModelSession session, EncoderChunk[] chunks, Func<EncoderChunk, int[]> idsOf, Func<TokenVector, ReadOnlyMemory<float>> vectorOf, int width, int pooledWidth, CancellationToken cancellation)
    {
        long count = chunks.Length;
        var tokens = chunks[0].First.Length;
        var hidden = new float[count * tokens * width];
        var pooled = new float[count * pooledWidth];
        var (replaced, vectors, sides) = Replacements(chunks, vectorOf, width);

        using var binding = session.Bind();
        using var ids = OrtValue.CreateTensorValueFromMemory(chunks.SelectMany(idsOf).Select(id => (long)id).ToArray(), [count, tokens]);
        using var isReplaced = OrtValue.CreateTensorValueFromMemory(replaced, [.. sides, 1]);
        using var replacement = OrtValue.CreateTensorValueFromMemory(vectors, [.. sides, width]);
        using var ends = OrtValue.CreateTensorValueFromMemory(chunks.Select((chunk, i) => End(idsOf(chunk)) + ((long)i * tokens)).ToArray(), [count]);
        using var hiddenOut = OrtValue.CreateTensorValueFromMemory(hidden, [count * tokens, width]);
        using var pooledOut = OrtValue.CreateTensorValueFromMemory(pooled, [count, pooledWidth]);
        binding.BindInput("ids", ids);
        binding.BindInput("replaced", isReplaced);
        binding.BindInput("vectors", replacement);
        binding.BindOutput("hidden", hiddenOut);
        if (pooledWidth > 0)
        {
            binding.BindInput("ends", ends);
            binding.BindOutput("pooled", pooledOut);
        }

        session.Run(binding, cancellation);
        return (hidden, pooled);
    }

    // One place that says no, where no chunk has a vector of its own.
    private static (bool[] Replaced, float[] Vectors, long[] Sides) Replacements(EncoderChunk[] chunks, Func<TokenVector, ReadOnlyMemory<float>> vectorOf, int width)
    {
        if (chunks.All(chunk => chunk.Vectors.Count == 0)) return ([false], new float[width], [1, 1]);

        var tokens = chunks[0].First.Length;
        var replaced = new bool[chunks.Length * tokens];
        var vectors = new float[chunks.Length * tokens * width];
        for (var i = 0; i < chunks.Length; i++)
        {
            foreach (var vector in chunks[i].Vectors)
            {
                var at = (i * tokens) + vector.Position;
                replaced[at] = true;
                vectorOf(vector).Span.CopyTo(vectors.AsSpan(at * width, width));
            }
        }

        return (replaced, vectors, [chunks.Length, tokens]);
    }

    private void Check(EncoderChunk chunk)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(chunk.Second.Length, chunk.First.Length);
        if (chunk.First.Length > sizes.Positions)
            throw new ModelException($"A chunk has {chunk.First.Length} tokens, and the text encoders take {sizes.Positions}", "Use an embedding of fewer vectors");
        foreach (var id in chunk.First.AsSpan()) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)sizes.Vocabulary);
        foreach (var id in chunk.Second.AsSpan()) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)sizes.Vocabulary);
        foreach (var vector in chunk.Vectors)
        {
            if (vector.First.Length == FirstWidth && vector.Second.Length == SecondWidth) continue;

            throw new ModelException(
                $"An embedding has vectors of {vector.First.Length} and {vector.Second.Length} numbers, and the text encoders take {FirstWidth} and {SecondWidth}", "Use an embedding that was made for this model");
        }
    }

    private static int End(int[] ids) => Math.Max(0, Array.IndexOf(ids, EndOfText));

    private static float[] Part(float[] all, int index, int length) => all.AsSpan(index * length, length).ToArray();
}
