using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Sampling;

/// <summary>DPM2: the midpoint method, the midpoint in log σ (k-diffusion, <c>sample_dpm_2</c>).</summary>
internal sealed class Dpm2Sampler : Sampler
{
    public override void Run(SamplerRun run)
    {
        var (denoised, trial) = (run.Buffer(), run.Buffer());
        for (var i = 0; i < run.Steps; i++)
        {
            var (from, to) = (run.Sigmas[i], run.Sigmas[i + 1]);
            run.Generator.Skip(run.X.Length);
            run.Denoiser.Denoise(run.X, from, denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            if (to == 0) Straight(run.X, denoised, from, to, run.X);
            else Midpoint(run, denoised, trial, from, to);
        }
    }

    /// <summary>Goes down by the direction half way.</summary>
    public static void Midpoint(SamplerRun run, float[] denoised, float[] trial, float from, double to)
    {
        var middle = (float)Math.Sqrt(from * to);
        Straight(run.X, denoised, from, middle, trial);
        run.Denoiser.Denoise(trial, middle, denoised);
        Derivative(trial, denoised, middle, trial);
        LatentSums.Add(to - from, trial, run.X);
    }
}
