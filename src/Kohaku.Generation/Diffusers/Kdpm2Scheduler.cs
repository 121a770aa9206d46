namespace Kohaku.Generation.Diffusers;

/// <summary><c>KDPM2DiscreteScheduler</c> and its ancestral kin: each step but the last calls the model at its beginning and, in log σ, in its middle.</summary>
internal sealed class Kdpm2Scheduler : SigmaScheduler
{
    private readonly Points _points;
    private float[] _start = [];
    private float[] _noise = [];
    private bool _isSecond;

    private Kdpm2Scheduler(SchedulerConfig config, float[] timesteps, float[] sigmas, Points points)
        : base(config, timesteps, sigmas, order: 2) => _points = points;

    /// <summary>The scheduler of a configuration.</summary>
    public static Kdpm2Scheduler Of(SchedulerConfig config, TrainingSchedule training, StepTable table)
    {
        var steps = table.Timesteps.Length;
        var points = new Points(config.Kind == SchedulerKind.Kdpm2Ancestral, new float[steps], new float[steps], new float[steps]);
        var timesteps = new List<float>();
        for (var i = 0; i < steps; i++)
        {
            var (from, to) = (table.Sigmas[i], table.Sigmas[i + 1]);
            var (down, up) = points.IsAncestral ? EulerAncestralScheduler.Ancestral(from, to) : (to, 0);
            points.Middle[i] = i == steps - 1 ? 0 : (float)Math.Exp((Math.Log(from) + Math.Log(down)) / 2);
            (points.Down[i], points.Up[i]) = ((float)down, (float)up);
            timesteps.Add(table.Timesteps[i]);
            if (i < steps - 1) timesteps.Add((float)training.TimestepOf(points.Middle[i]));
        }

        return new Kdpm2Scheduler(config, [.. timesteps], [.. HeunScheduler.TwiceButFirst(table.Sigmas), 0], points);
    }

    protected override float ModelSigma => _isSecond ? _points.Middle[Index / 2] : Sigmas[Index];

    protected override void Reset() => _isSecond = false;

    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        // The ancestral one draws at each call, whether it adds the noise or not.
        if (_noise.Length != sample.Length) (_noise, _start) = (new float[sample.Length], new float[sample.Length]);
        if (_points.IsAncestral) draw(_noise);

        var step = Index / 2;
        if (_isSecond)
        {
            Combine(1, _start, (double)_points.Down[step] - Sigmas[Index - 1], noise, sample);
            if (_points.IsAncestral) Add(sample, _points.Up[step], _noise);
            _isSecond = false;
            return;
        }

        sample.CopyTo(_start);
        Add(sample, (double)_points.Middle[step] - Sigmas[Index], noise);
        _isSecond = true;
    }

    /// <summary>Of each step: whether noise leads back up, the σ in the middle, that stepped to, and that of the noise.</summary>
    private sealed record Points(bool IsAncestral, float[] Middle, float[] Down, float[] Up);
}
