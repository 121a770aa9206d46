namespace Kohaku.Generation.Diffusers;

/// <summary>What Euler and those after it share: x = x₀ + σ·noise, and the model sees x/√(σ²+1).</summary>
/// <param name="config">The configuration.</param>
/// <param name="timesteps">Timesteps.</param>
/// <param name="sigmas">Noise levels.</param>
/// <param name="order">Calls of the model a step.</param>
internal abstract class SigmaScheduler(SchedulerConfig config, float[] timesteps, float[] sigmas, int order = 1)
    : DiffusersScheduler(timesteps, sigmas, StartOf(config, sigmas.Max()), order)
{
    public override void ScaleModelInput(ReadOnlySpan<float> sample, Span<float> input)
    {
        var sigma = ModelSigma;
        var divisor = MathF.Sqrt((sigma * sigma) + 1);
        for (var i = 0; i < sample.Length; i++) input[i] = sample[i] / divisor;
    }

    public override void AddNoise(ReadOnlySpan<float> original, ReadOnlySpan<float> noise, Span<float> result) => Combine(1, original, Sigmas[Index], noise, result);

    /// <summary>σ of what the model sees.</summary>
    protected virtual float ModelSigma => Sigmas[Index];

    /// <summary>The initial noise: σ where the first timestep is the training's last, else √(σ²+1).</summary>
    private static float StartOf(SchedulerConfig config, float largest) =>
        config.Spacing == TimestepSpacing.Leading ? MathF.Sqrt((largest * largest) + 1) : largest;
}
