using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Sampling;

/// <summary>LMS: a linear multistep method of order 4 (k-diffusion, <c>sample_lms</c>).</summary>
internal sealed class LmsSampler : Sampler
{
    private const int Order = 4;

    public override void Run(SamplerRun run)
    {
        var denoised = run.Buffer();
        var directions = new float[Order][];
        for (var i = 0; i < Order; i++) directions[i] = run.Buffer();

        for (var i = 0; i < run.Steps; i++)
        {
            run.Denoiser.Denoise(run.X, run.Sigmas[i], denoised);
            run.Observer?.Invoke(i, run.X, denoised);
            Derivative(run.X, denoised, run.Sigmas[i], directions[i % Order]);
            var order = Math.Min(i + 1, Order);
            for (var j = 0; j < order; j++) LatentSums.Add(Coefficient(run.Sigmas, order, i, j), directions[(i - j) % Order], run.X);
        }
    }

    /// <summary>The integral over step i of the Lagrange polynomial that is 1 at the direction j steps ago: of degree 3 at most, so that two Gauss points are exact.</summary>
    private static double Coefficient(float[] sigmas, int order, int i, int j)
    {
        double from = sigmas[i], to = sigmas[i + 1];
        var (middle, half) = ((from + to) / 2, (to - from) / 2);
        var offset = half / Math.Sqrt(3);
        return half * (Polynomial(sigmas, order, i, j, middle - offset) + Polynomial(sigmas, order, i, j, middle + offset));
    }

    private static double Polynomial(float[] sigmas, int order, int i, int j, double sigma)
    {
        var product = 1.0;
        for (var k = 0; k < order; k++)
        {
            if (k != j) product *= (sigma - sigmas[i - k]) / ((double)sigmas[i - j] - sigmas[i - k]);
        }

        return product;
    }
}
