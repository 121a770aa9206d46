using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Sampling;

/// <summary>DDIM as A1111 runs it (Song et al. 2021, equation 12; <c>modules/sd_samplers_timesteps_impl.py</c>): over times, x not scaled, one call less than times.</summary>
internal static class DdimSampler
{
    /// <summary>Takes all steps.</summary>
    /// <param name="run">The run; its noise levels are not looked at.</param>
    /// <param name="times">Times, rising.</param>
    public static void Run(SamplerRun run, ReadOnlySpan<int> times)
    {
        var (predicted, denoised, noise) = (run.Buffer(), run.Buffer(), run.Buffer());
        for (var index = times.Length - 1; index > 0; index--)
        {
            var (from, to) = (Times.At(times[index]), Times.At(times[index - 1]));
            var added = run.Eta * to.Deviation / from.Deviation * Math.Sqrt(1 - Math.Pow(from.Alpha / to.Alpha, 2));
            run.Denoiser.Predict(run.X, from.Time, predicted);
            LatentSums.Combine(1 / from.Alpha, run.X, -from.Deviation / from.Alpha, predicted, denoised);
            LatentSums.Combine(to.Alpha, denoised, Math.Sqrt(Math.Max((to.Deviation * to.Deviation) - (added * added), 0)), predicted, run.X);
            if (added > 0) run.AddNoise(added, noise);
            else run.Generator.Skip(run.X.Length);
            run.Observer?.Invoke(times.Length - 1 - index, run.X, denoised);
        }
    }
}
