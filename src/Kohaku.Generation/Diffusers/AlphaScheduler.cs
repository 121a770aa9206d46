namespace Kohaku.Generation.Diffusers;

/// <summary>What DDIM, LCM and PNDM share: x = √ᾱ·x₀ + √(1−ᾱ)·noise, ᾱ by whole timesteps.</summary>
/// <param name="training">ᾱ.</param>
/// <param name="timesteps">Whole timesteps.</param>
internal abstract class AlphaScheduler(TrainingSchedule training, float[] timesteps) : DiffusersScheduler(timesteps, [], 1)
{
    public override void AddNoise(ReadOnlySpan<float> original, ReadOnlySpan<float> noise, Span<float> result)
    {
        double alpha = AlphaOf((int)Timesteps[Index]);
        Combine(Math.Sqrt(alpha), original, Math.Sqrt(1 - alpha), noise, result);
    }

    /// <summary>ᾱ of a timestep of the training.</summary>
    protected float AlphaOf(int timestep) => training.Alphas[int.Clamp(timestep, 0, training.Alphas.Length - 1)];
}
