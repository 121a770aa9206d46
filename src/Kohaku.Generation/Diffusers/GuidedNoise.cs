using Kohaku.Generation.Models;

namespace Kohaku.Generation.Diffusers;

/// <summary>Classifier-free guidance as the pipelines of diffusers have it: noise = negative + scale · (positive − negative); at a scale of 1 or less the positive alone.</summary>
/// <remarks>Conditions of one length run as one batch, the negative first. Those of two lengths run apart and are never padded.</remarks>
/// <param name="predictor">The UNet.</param>
/// <param name="height">Rows of the latent.</param>
/// <param name="width">Columns of the latent.</param>
/// <param name="positive">The positive condition, a batch of 1.</param>
/// <param name="negative">The negative condition, a batch of 1.</param>
/// <param name="scale">Guidance scale.</param>
/// <param name="cancellation">Stops within one operator.</param>
internal sealed class GuidedNoise(INoisePredictor predictor, int height, int width, Conditions positive, Conditions negative, double scale, CancellationToken cancellation)
{
    private readonly float[] _both = new float[scale > 1 ? 2 * 4 * height * width : 0];
    private readonly Conditions? _joined = scale > 1 && positive.Tokens == negative.Tokens ? Join(negative, positive) : null;

    /// <summary>Predicts.</summary>
    public void Predict(ReadOnlySpan<float> input, float timestep, Span<float> noise)
    {
        if (scale <= 1)
        {
            predictor.Predict(input, height, width, timestep, positive, noise, cancellation);
            return;
        }

        var without = _both.AsSpan(0, input.Length);
        var with = _both.AsSpan(input.Length);
        if (_joined is not null)
        {
            predictor.Predict(input, height, width, timestep, _joined, _both, cancellation);
        }
        else
        {
            predictor.Predict(input, height, width, timestep, negative, without, cancellation);
            predictor.Predict(input, height, width, timestep, positive, with, cancellation);
        }

        var factor = (float)scale;
        for (var i = 0; i < noise.Length; i++) noise[i] = without[i] + (factor * (with[i] - without[i]));
    }

    private static Conditions Join(Conditions first, Conditions second) =>
        new(2, first.Tokens, [.. first.Context, .. second.Context], [.. first.Pooled, .. second.Pooled], [.. first.TimeIds, .. second.TimeIds]);
}
