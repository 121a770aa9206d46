namespace Kohaku.Generation.Diffusers;

/// <summary><c>EulerAncestralDiscreteScheduler</c>. It draws at every step, at the last one too, where the noise has no weight.</summary>
internal sealed class EulerAncestralScheduler(SchedulerConfig config, StepTable table) : SigmaScheduler(config, table.Timesteps, table.Sigmas)
{
    private float[] _noise = [];

    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        var (down, up) = Ancestral(Sigmas[Index], Sigmas[Index + 1]);
        Add(sample, down - Sigmas[Index], noise);
        if (_noise.Length != sample.Length) _noise = new float[sample.Length];
        draw(_noise);
        Add(sample, up, _noise);
    }

    /// <summary>The σ to step to, and that of the noise which leads back up from there.</summary>
    public static (double Down, double Up) Ancestral(double from, double to)
    {
        var up = Math.Sqrt(to * to * ((from * from) - (to * to)) / (from * from));
        return (Math.Sqrt((to * to) - (up * up)), up);
    }
}
