namespace Kohaku.Generation.Sampling;

/// <summary>DPM++ SDE: DPM-Solver++ of two stages with Brownian noise, r = ½ (k-diffusion, <c>sample_dpmpp_sde</c>).</summary>
internal sealed class DpmPlusPlusSdeSampler : Sampler
{
    public override void Run(SamplerRun run)
    {
        var (denoised, trial, noise) = (run.Buffer(), run.Buffer(), run.Buffer());
        for (var i = 0; i < run.Steps; i++)
        {
            run.Denoiser.Denoise(run.X, run.Sigmas[i], denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            if (run.Sigmas[i + 1] == 0)
            {
                denoised.CopyTo(run.X, 0);
                continue;
            }

            // Levels go through −log σ in fp32 and back: the tree's times are so fine that the last bit chooses the noise.
            var (time, next) = (Time(run.Sigmas[i]), Time(run.Sigmas[i + 1]));
            var (from, middle, to) = (Level(time), Level(time + ((next - time) * 0.5f)), Level(next));
            Stage(run, denoised, from, middle, trial, noise);
            run.Denoiser.Denoise(trial, middle, denoised);
            Stage(run, denoised, from, to, run.X, noise);
        }
    }

    private static void Stage(SamplerRun run, float[] denoised, float from, float to, float[] target, float[] noise)
    {
        var (down, up) = Ancestral(from, to, run.Eta);
        Straight(run.X, denoised, from, down, target);
        if (up > 0) run.AddNoise(from, to, up, target, noise);
    }

    private static float Time(float sigma) => (float)-Math.Log(sigma);

    private static float Level(float time) => (float)Math.Exp(-time);
}
