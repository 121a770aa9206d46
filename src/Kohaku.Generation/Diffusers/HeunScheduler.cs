namespace Kohaku.Generation.Diffusers;

/// <summary><c>HeunDiscreteScheduler</c> without churn: each step but the last calls the model at both its ends.</summary>
internal sealed class HeunScheduler(SchedulerConfig config, StepTable table) : SigmaScheduler(config, TwiceButFirst(table.Timesteps), Sigmas2(table.Sigmas), order: 2)
{
    private float[] _slope = [];
    private float[] _start = [];
    private bool _isSecond;

    /// <summary>Each number twice, but the first.</summary>
    public static float[] TwiceButFirst(float[] values) => [values[0], .. values.Skip(1).SelectMany(value => new[] { value, value })];

    protected override void Reset() => _isSecond = false;

    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        if (_isSecond)
        {
            for (var i = 0; i < sample.Length; i++) _slope[i] = (_slope[i] + noise[i]) / 2;
            Combine(1, _start, (double)Sigmas[Index] - Sigmas[Index - 1], _slope, sample);
            _isSecond = false;
            return;
        }

        if (_slope.Length != sample.Length) (_slope, _start) = (new float[sample.Length], new float[sample.Length]);
        noise.CopyTo(_slope);
        sample.CopyTo(_start);
        Add(sample, (double)Sigmas[Index + 1] - Sigmas[Index], noise);
        _isSecond = true;
    }

    private static float[] Sigmas2(float[] sigmas) => [.. TwiceButFirst(sigmas[..^1]), sigmas[^1]];
}
