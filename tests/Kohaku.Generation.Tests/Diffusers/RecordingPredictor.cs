using Kohaku.Generation.Models;

namespace Kohaku.Generation.Tests.Diffusers;

/// <summary>A model that writes down what its UNet is asked. Closing it leaves the model open.</summary>
internal sealed class RecordingPredictor(IDiffusionModel model) : IDiffusionModel, INoisePredictor
{
    /// <summary>Batch and tokens of each call.</summary>
    public List<(int Batch, int Tokens)> Calls { get; } = [];

    /// <summary>What the first call got.</summary>
    public float[] First { get; private set; } = [];

    public ITextEncoders TextEncoders => model.TextEncoders;

    public INoisePredictor NoisePredictor => this;

    public ILatentDecoder Decoder => model.Decoder;

    public ILatentEncoder Encoder => model.Encoder;

    public double LatentScale => model.LatentScale;

    public void Predict(ReadOnlySpan<float> sample, int height, int width, float timestep, Conditions conditions, Span<float> noise, CancellationToken cancellation)
    {
        if (Calls.Count == 0) First = sample.ToArray();
        Calls.Add((conditions.Batch, conditions.Tokens));
        model.NoisePredictor.Predict(sample, height, width, timestep, conditions, noise, cancellation);
    }

    public void Dispose()
    {
    }
}
