using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Sampling;

/// <summary>DPM++ 3M SDE (k-diffusion, <c>sample_dpmpp_3m_sde</c>).</summary>
internal sealed class DpmPlusPlus3MSdeSampler : Sampler
{
    public override void Run(SamplerRun run)
    {
        var (denoised, last, beforeLast, noise) = (run.Buffer(), run.Buffer(), run.Buffer(), run.Buffer());
        double lastHeight = 0, beforeLastHeight = 0;
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
            var second = 1 - (gained / whole);
            LatentSums.Combine(1 - gained, run.X, gained, denoised, run.X);
            if (i > 1)
            {
                // Both differences, and how the second and third order weigh them.
                var third = (second / whole) - 0.5;
                var (r0, r1) = (lastHeight / height, beforeLastHeight / height);
                var bend = ((second * r0) - third) / (r0 + r1);
                var (recent, earlier) = ((second + bend) / r0, -bend / r1);
                LatentSums.Add(recent, denoised, run.X);
                LatentSums.Add(earlier - recent, last, run.X);
                LatentSums.Add(-earlier, beforeLast, run.X);
            }
            else if (i == 1)
            {
                var recent = second * height / lastHeight;
                LatentSums.Add(recent, denoised, run.X);
                LatentSums.Add(-recent, last, run.X);
            }

            if (run.Eta > 0) run.AddNoise(from, to, to * Math.Sqrt(1 - Math.Exp(-2 * height * run.Eta)), run.X, noise);
            (denoised, last, beforeLast) = (beforeLast, denoised, last);
            (lastHeight, beforeLastHeight) = (height, lastHeight);
        }
    }
}
