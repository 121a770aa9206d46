using Kohaku.Generation.Models;

namespace Kohaku.Benchmarks.Generating;

/// <summary>A model of SDXL's widths that computes nothing: what an image takes with it is the program's own.</summary>
internal sealed class InstantModel : IDiffusionModel, ITextEncoders, INoisePredictor, ILatentDecoder
{
    private const int Tokens = 77;

    public ITextEncoders TextEncoders => this;

    public INoisePredictor NoisePredictor => this;

    public ILatentDecoder Decoder => this;

    public ILatentEncoder Encoder => throw new NotSupportedException("There is none.");

    public double LatentScale => 0.13025;

    public int FirstWidth => 768;

    public int SecondWidth => 1280;

    public int PooledWidth => 1280;

    public IReadOnlyList<EncodedChunk> Encode(IReadOnlyList<EncoderChunk> chunks, CancellationToken cancellation) =>
        [.. chunks.Select(_ => new EncodedChunk(new float[Tokens * FirstWidth], new float[Tokens * SecondWidth], new float[PooledWidth]))];

    public void Predict(ReadOnlySpan<float> sample, int height, int width, float timestep, Conditions conditions, Span<float> noise, CancellationToken cancellation)
    {
        // One sample, a prediction for each condition.
        for (var from = 0; from < noise.Length; from += sample.Length) sample.CopyTo(noise[from..]);
    }

    public float[] Decode(ReadOnlySpan<float> latent, int height, int width, CancellationToken cancellation) => new float[3 * 64 * height * width];

    public void Dispose()
    {
    }
}
