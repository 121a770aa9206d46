using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Sampling;

/// <summary>Heun: Karras et al. 2022, algorithm 2 (k-diffusion, <c>sample_heun</c>).</summary>
internal sealed class HeunSampler : Sampler
{
    public override void Run(SamplerRun run)
    {
        var (denoised, direction, trial, second) = (run.Buffer(), run.Buffer(), run.Buffer(), run.Buffer());
        for (var i = 0; i < run.Steps; i++)
        {
            var (from, to) = (run.Sigmas[i], run.Sigmas[i + 1]);
            run.Generator.Skip(run.X.Length);
            run.Denoiser.Denoise(run.X, from, denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            if (to == 0)
            {
                Straight(run.X, denoised, from, to, run.X);
                continue;
            }

            Derivative(run.X, denoised, from, direction);
            Straight(run.X, denoised, from, to, trial);
            run.Denoiser.Denoise(trial, to, denoised);
            Derivative(trial, denoised, to, second);
            LatentSums.Combine(0.5, direction, 0.5, second, direction);
            LatentSums.Add(to - from, direction, run.X);
        }
    }
}
