using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Sampling;

/// <summary>DPM++ 2M SDE, with the midpoint rule or Heun's (k-diffusion, <c>sample_dpmpp_2m_sde</c>).</summary>
internal sealed class DpmPlusPlus2MSdeSampler(bool heun) : Sampler
{
    public override void Run(SamplerRun run)
    {
        var (denoised, last, noise) = (run.Buffer(), run.Buffer(), run.Buffer());
        double lastHeight = 0;
        for (var i = 0; i < run.Steps; i++)
        {
            var (from, to) = (run.Sigmas[i], run.Sigmas[i + 1]);
            run.Denoiser.Denoise(run.X, from, denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            if (to == 0)
            {
                denoised.CopyTo(run.X, 0);
                continue;
            }

            var height = Math.Log(from / (double)to);
            var whole = height * (1 + run.Eta);
            var gained = 1 - Math.Exp(-whole);
            LatentSums.Combine(to / from * Math.Exp(-height * run.Eta), run.X, gained, denoised, run.X);
            if (i > 0)
            {
                var bend = (heun ? 1 - (gained / whole) : gained / 2) * height / lastHeight;
                LatentSums.Add(bend, denoised, run.X);
                LatentSums.Add(-bend, last, run.X);
            }

            if (run.Eta > 0) run.AddNoise(from, to, to * Math.Sqrt(1 - Math.Exp(-2 * height * run.Eta)), run.X, noise);
            (last, denoised, lastHeight) = (denoised, last, height);
        }
    }
}
