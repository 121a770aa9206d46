using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Sampling;

/// <summary>DPM++ 2M: DPM-Solver++(2M) (Lu et al. 2022, algorithm 2; k-diffusion, <c>sample_dpmpp_2m</c>).</summary>
internal sealed class DpmPlusPlus2MSampler : Sampler
{
    public override void Run(SamplerRun run)
    {
        var (denoised, last, mixed) = (run.Buffer(), run.Buffer(), run.Buffer());
        for (var i = 0; i < run.Steps; i++)
        {
            var (from, to) = (run.Sigmas[i], run.Sigmas[i + 1]);
            run.Denoiser.Denoise(run.X, from, denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            if (i == 0 || to == 0)
            {
                Straight(run.X, denoised, from, to, run.X);
            }
            else
            {
                var part = Math.Log(from / (double)to) / (2 * Math.Log(run.Sigmas[i - 1] / (double)from));
                LatentSums.Combine(1 + part, denoised, -part, last, mixed);
                Straight(run.X, mixed, from, to, run.X);
            }

            (last, denoised) = (denoised, last);
        }
    }
}
