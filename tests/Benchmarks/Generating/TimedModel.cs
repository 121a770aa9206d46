using System.Diagnostics;
using Kohaku.Generation.Models;

namespace Kohaku.Benchmarks.Generating;

/// <summary>A model whose calls are timed: what an image takes beside them is the program's own.</summary>
/// <param name="model">The model.</param>
internal sealed class TimedModel(IDiffusionModel model) : IDiffusionModel, ITextEncoders, INoisePredictor, ILatentDecoder
{
    private long _ticks;

    /// <summary>Spent in all calls so far.</summary>
    public TimeSpan InCalls => Stopwatch.GetElapsedTime(0, _ticks);

    /// <summary>Bytes allocated by the calling thread up to each call of the UNet.</summary>
    public List<long> AllocatedAtSteps { get; } = new(1024);

    public ITextEncoders TextEncoders => this;

    public INoisePredictor NoisePredictor => this;

    public ILatentDecoder Decoder => this;

    public ILatentEncoder Encoder => model.Encoder;

    public double LatentScale => model.LatentScale;

    public int FirstWidth => model.TextEncoders.FirstWidth;

    public int SecondWidth => model.TextEncoders.SecondWidth;

    public int PooledWidth => model.TextEncoders.PooledWidth;

    public IReadOnlyList<EncodedChunk> Encode(IReadOnlyList<EncoderChunk> chunks, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var encoded = model.TextEncoders.Encode(chunks, cancellation);
        _ticks += Stopwatch.GetTimestamp() - start;
        return encoded;
    }

    public void Predict(ReadOnlySpan<float> sample, int height, int width, float timestep, Conditions conditions, Span<float> noise, CancellationToken cancellation)
    {
        AllocatedAtSteps.Add(GC.GetAllocatedBytesForCurrentThread());
        var start = Stopwatch.GetTimestamp();
        model.NoisePredictor.Predict(sample, height, width, timestep, conditions, noise, cancellation);
        _ticks += Stopwatch.GetTimestamp() - start;
    }

    public float[] Decode(ReadOnlySpan<float> latent, int height, int width, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var image = model.Decoder.Decode(latent, height, width, cancellation);
        _ticks += Stopwatch.GetTimestamp() - start;
        return image;
    }

    public void Dispose() => model.Dispose();
}
