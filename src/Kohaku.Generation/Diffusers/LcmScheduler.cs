using Kohaku.Generation.Models;

namespace Kohaku.Generation.Diffusers;

/// <summary><c>LCMScheduler</c> (Luo et al. 2023): x₀ by the boundary condition, then noised to the next timestep.</summary>
internal sealed class LcmScheduler(SchedulerConfig config, TrainingSchedule training, int steps) : AlphaScheduler(training, TimestepsOf(config, steps))
{
    /// <summary>σ of the data in the boundary condition's c_skip and c_out.</summary>
    private const double DataDeviation = 0.5;

    private float[] _noise = [];

    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        double alpha = AlphaOf((int)Timesteps[Index]);
        var scaled = Timesteps[Index] * config.TimestepScaling;
        var square = (scaled * scaled) + (DataDeviation * DataDeviation);
        var skip = (float)(DataDeviation * DataDeviation / square);
        var output = (float)(scaled / Math.Sqrt(square));
        var (scale, level, limit) = ((float)Math.Sqrt(alpha), (float)Math.Sqrt(1 - alpha), (float)(config.ClipRange ?? double.PositiveInfinity));
        for (var i = 0; i < sample.Length; i++)
            sample[i] = (output * Math.Clamp((sample[i] - (level * noise[i])) / scale, -limit, limit)) + (skip * sample[i]);
        if (Index == Timesteps.Count - 1) return;

        if (_noise.Length != sample.Length) _noise = new float[sample.Length];
        draw(_noise);
        double next = AlphaOf((int)Timesteps[Index + 1]);
        Combine(Math.Sqrt(next), sample, Math.Sqrt(1 - next), _noise, sample);
    }

    private static float[] TimestepsOf(SchedulerConfig config, int steps)
    {
        var original = config.OriginalSteps;
        if (original > config.TrainTimesteps) throw new ModelException($"original_inference_steps is {original}, and the training has {config.TrainTimesteps} timesteps");
        if (steps < 1 || steps > original) throw new ModelException($"{steps} steps cannot be made; LCM makes 1 to {original}", "LCM is made for 4 to 8 steps");

        var stride = config.TrainTimesteps / original;
        return [.. Enumerable.Range(0, steps).Select(i => (float)(((original - (int)Math.Floor(i * (original / (double)steps))) * stride) - 1))];
    }
}
