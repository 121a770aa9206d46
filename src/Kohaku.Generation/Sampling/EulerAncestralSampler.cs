namespace Kohaku.Generation.Sampling;

/// <summary>Euler a: each step goes further down and adds noise (k-diffusion, <c>sample_euler_ancestral</c>).</summary>
internal sealed class EulerAncestralSampler : Sampler
{
    public override void Run(SamplerRun run)
    {
        var (denoised, noise) = (run.Buffer(), run.Buffer());
        for (var i = 0; i < run.Steps; i++)
        {
            run.Denoiser.Denoise(run.X, run.Sigmas[i], denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            var (down, up) = Ancestral(run.Sigmas[i], run.Sigmas[i + 1], run.Eta);
            Straight(run.X, denoised, run.Sigmas[i], down, run.X);
            if (run.Sigmas[i + 1] > 0) run.AddNoise(up, noise);
        }
    }
}
