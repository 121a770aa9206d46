namespace Kohaku.Generation.Sampling;

/// <summary>Euler: Karras et al. 2022, algorithm 2 without its second half (k-diffusion, <c>sample_euler</c>).</summary>
internal sealed class EulerSampler : Sampler
{
    public override void Run(SamplerRun run)
    {
        var denoised = run.Buffer();
        for (var i = 0; i < run.Steps; i++)
        {
            // Noise for a churn that is 0: it is drawn there all the same.
            run.Generator.Skip(run.X.Length);
            run.Denoiser.Denoise(run.X, run.Sigmas[i], denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            Straight(run.X, denoised, run.Sigmas[i], run.Sigmas[i + 1], run.X);
        }
    }
}
