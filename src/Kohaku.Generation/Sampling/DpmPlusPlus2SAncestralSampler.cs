namespace Kohaku.Generation.Sampling;

/// <summary>DPM++ 2S a: DPM-Solver++(2S) with ancestral steps (Lu et al. 2022, algorithm 1; k-diffusion, <c>sample_dpmpp_2s_ancestral</c>).</summary>
internal sealed class DpmPlusPlus2SAncestralSampler : Sampler
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
            if (down > 0)
            {
                // Half a step of log σ; the whole step then uses what is denoised there.
                var middle = (float)Math.Sqrt(from * down);
                Straight(run.X, denoised, from, middle, trial);
                run.Denoiser.Denoise(trial, middle, denoised);
            }

            Straight(run.X, denoised, from, down, run.X);
            if (to > 0) run.AddNoise(up, trial);
        }
    }
}
