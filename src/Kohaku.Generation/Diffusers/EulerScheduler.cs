namespace Kohaku.Generation.Diffusers;

/// <summary><c>EulerDiscreteScheduler</c> without churn (Karras et al. 2022, algorithm 2).</summary>
internal sealed class EulerScheduler(SchedulerConfig config, StepTable table) : SigmaScheduler(config, table.Timesteps, table.Sigmas)
{
    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw) => Add(sample, (double)Sigmas[Index + 1] - Sigmas[Index], noise);
}
