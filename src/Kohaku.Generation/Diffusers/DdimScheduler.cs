namespace Kohaku.Generation.Diffusers;

/// <summary><c>DDIMScheduler</c> (Song et al. 2020, formulas 12 and 16).</summary>
internal sealed class DdimScheduler(SchedulerConfig config, TrainingSchedule training, int steps)
    : AlphaScheduler(training, Array.ConvertAll(StepTable.Evenly(config, steps, isWhole: true), timestep => (float)timestep))
{
    private readonly float _finalAlpha = config.SetAlphaToOne ? 1 : training.Alphas[0];
    private readonly int _stride = config.TrainTimesteps / steps;
    private float[] _noise = [];

    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        var timestep = (int)Timesteps[Index];
        double alpha = AlphaOf(timestep);
        double next = timestep - _stride >= 0 ? AlphaOf(timestep - _stride) : _finalAlpha;
        var deviation = config.Eta * Math.Sqrt((1 - next) / (1 - alpha) * (1 - (alpha / next)));
        var direction = Math.Sqrt(1 - next - (deviation * deviation));
        if (config.ClipRange is { } range)
        {
            var (scale, level, limit) = ((float)Math.Sqrt(alpha), (float)Math.Sqrt(1 - alpha), (float)range);
            for (var i = 0; i < sample.Length; i++)
                sample[i] = ((float)Math.Sqrt(next) * Math.Clamp((sample[i] - (level * noise[i])) / scale, -limit, limit)) + ((float)direction * noise[i]);
        }
        else
        {
            Combine(Math.Sqrt(next / alpha), sample, direction - Math.Sqrt(next * (1 - alpha) / alpha), noise, sample);
        }

        if (config.Eta == 0) return;

        if (_noise.Length != sample.Length) _noise = new float[sample.Length];
        draw(_noise);
        Add(sample, deviation, _noise);
    }
}
