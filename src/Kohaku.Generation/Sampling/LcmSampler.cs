namespace Kohaku.Generation.Sampling;

/// <summary>LCM: each step is what the model takes the image to be, with new noise (Luo et al. 2023; A1111, <c>sample_lcm</c>).</summary>
internal sealed class LcmSampler : Sampler
{
    public override void Run(SamplerRun run)
    {
        var (denoised, noise) = (run.Buffer(), run.Buffer());
        for (var i = 0; i < run.Steps; i++)
        {
            run.Denoiser.Denoise(run.X, run.Sigmas[i], denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            denoised.CopyTo(run.X, 0);
            if (run.Sigmas[i + 1] > 0) run.AddNoise(run.Sigmas[i + 1], noise);
        }
    }
}
