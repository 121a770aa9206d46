namespace Kohaku.Generation.Sampling;

/// <summary>DPM2 a: DPM2 with ancestral steps (k-diffusion, <c>sample_dpm_2_ancestral</c>).</summary>
internal sealed class Dpm2AncestralSampler : Sampler
{
    public override void Run(SamplerRun run)
    {
        var (denoised, trial) = (run.Buffer(), run.Buffer());
        for (var i = 0; i < run.Steps; i++)
        {
            var (from, to) = (run.Sigmas[i], run.Sigmas[i + 1]);
            run.Denoiser.Denoise(run.X, from, denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            var (down, up) = Ancestral(from, to, run.Eta);
            if (down == 0)
            {
                Straight(run.X, denoised, from, down, run.X);
                continue;
            }

            Dpm2Sampler.Midpoint(run, denoised, trial, from, down);
            run.AddNoise(up, trial);
        }
    }
}
