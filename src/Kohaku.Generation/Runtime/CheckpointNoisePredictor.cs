using Kohaku.Generation.Models;

namespace Kohaku.Generation.Runtime;

/// <summary>The UNet of a checkpoint.</summary>
/// <param name="session">Opens it.</param>
/// <param name="channels">Channels of the latent.</param>
/// <param name="sizes">What the conditions must have.</param>
internal sealed class CheckpointNoisePredictor(Lazy<ModelSession> session, int channels, EncoderSizes sizes) : INoisePredictor, IDisposable
{
    /// <summary>Conditions and sizes whose bindings are kept: a prompt that alternates or is composed has a few in turn.</summary>
    private const int MostKept = 16;

    private readonly List<NoiseBinding> _kept = [];

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> sample, int height, int width, float timestep, Conditions conditions, Span<float> noise, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        var one = channels * height * width;
        if (sample.Length != one) ArgumentOutOfRangeException.ThrowIfNotEqual(sample.Length, one * conditions.Batch);
        ArgumentOutOfRangeException.ThrowIfNotEqual(noise.Length, one * conditions.Batch);

        var binding = Find(conditions, sample.Length / one, height, width);
        binding.Set(sample, timestep);
        session.Value.Run(binding.Binding, cancellation);
        binding.Noise.CopyTo(noise);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var binding in _kept) binding.Dispose();
        _kept.Clear();
    }

    private NoiseBinding Find(Conditions conditions, int samples, int height, int width)
    {
        for (var i = 0; i < _kept.Count; i++)
        {
            var kept = _kept[i];
            if (!kept.Fits(conditions, samples, height, width)) continue;

            // The last used stands last.
            if (i < _kept.Count - 1)
            {
                _kept.RemoveAt(i);
                _kept.Add(kept);
            }

            return kept;
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(conditions.Context.Length, conditions.Batch * conditions.Tokens * (sizes.FirstWidth + sizes.SecondWidth));
        ArgumentOutOfRangeException.ThrowIfNotEqual(conditions.Pooled.Length, conditions.Batch * sizes.PooledWidth);
        ArgumentOutOfRangeException.ThrowIfNotEqual(conditions.TimeIds.Length, conditions.Batch * 6);
        if (_kept.Count == MostKept)
        {
            _kept[0].Dispose();
            _kept.RemoveAt(0);
        }

        var added = new NoiseBinding(session.Value, conditions, samples, channels, height, width);
        _kept.Add(added);
        return added;
    }
}
