namespace Kohaku.Generation.Diffusers;

/// <summary><c>PNDMScheduler</c> without its Runge-Kutta steps (Liu et al. 2022, formulas 9 and 12): the second timestep is called twice.</summary>
internal sealed class PndmScheduler(SchedulerConfig config, TrainingSchedule training, int steps) : AlphaScheduler(training, TimestepsOf(config, steps))
{
    private const int Order4 = 4;

    private readonly float _finalAlpha = config.SetAlphaToOne ? 1 : training.Alphas[0];
    private readonly int _stride = config.TrainTimesteps / steps;

    /// <summary>Predictions, the latest first.</summary>
    private readonly List<float[]> _predictions = [];
    private float[] _first = [];
    private float[] _mean = [];
    private int _calls;

    protected override void Reset()
    {
        _predictions.Clear();
        _calls = 0;
    }

    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        var timestep = (int)Timesteps[Index];
        var previous = timestep - _stride;
        if (_calls == 1) (timestep, previous) = (timestep + _stride, timestep);
        else Keep(noise);

        if (_mean.Length != sample.Length) (_mean, _first) = (new float[sample.Length], new float[sample.Length]);
        if (_calls == 0) sample.CopyTo(_first);
        if (_calls == 1)
        {
            Combine(0.5, noise, 0.5, _predictions[0], _mean);
            _first.CopyTo(sample);
        }
        else
        {
            ReadOnlySpan<double> weights = _predictions.Count switch
            {
                1 => [1],
                2 => [3 / 2.0, -1 / 2.0],
                3 => [23 / 12.0, -16 / 12.0, 5 / 12.0],
                _ => [55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0],
            };
            _mean.AsSpan().Clear();
            for (var i = 0; i < weights.Length; i++) Add(_mean, weights[i], _predictions[i]);
        }

        double alpha = AlphaOf(timestep);
        double next = previous >= 0 ? AlphaOf(previous) : _finalAlpha;
        var divisor = (alpha * Math.Sqrt(1 - next)) + Math.Sqrt(alpha * (1 - alpha) * next);
        Combine(Math.Sqrt(next / alpha), sample, (alpha - next) / divisor, _mean, sample);
        _calls++;
    }

    private void Keep(ReadOnlySpan<float> noise)
    {
        var kept = _predictions.Count == Order4 ? _predictions[^1] : new float[noise.Length];
        if (_predictions.Count == Order4) _predictions.RemoveAt(Order4 - 1);
        noise.CopyTo(kept);
        _predictions.Insert(0, kept);
    }

    private static float[] TimestepsOf(SchedulerConfig config, int steps)
    {
        var timesteps = Array.ConvertAll(StepTable.Evenly(config, steps, isWhole: true), timestep => (float)timestep);
        return steps == 1 ? timesteps : [timesteps[0], timesteps[1], .. timesteps[1..]];
    }
}
