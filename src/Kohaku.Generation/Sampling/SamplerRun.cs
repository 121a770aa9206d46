using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Sampling;

/// <summary>What a sampler works on: one image.</summary>
internal sealed class SamplerRun
{
    /// <summary>The latent, noise added at the start, finished at the end.</summary>
    public required float[] X { get; init; }

    /// <summary>Noise levels of the steps to take, falling.</summary>
    public required float[] Sigmas { get; init; }

    /// <summary>The model.</summary>
    public required Denoiser Denoiser { get; init; }

    /// <summary>Noise of ancestral steps.</summary>
    public required NoiseGenerator Generator { get; init; }

    /// <summary>Noise of SDE samplers.</summary>
    public BrownianTree? Tree { get; init; }

    /// <summary>How much of the noise a step removes is added anew.</summary>
    public required double Eta { get; init; }

    /// <summary>Who watches.</summary>
    public StepObserver? Observer { get; init; }

    /// <summary>Steps.</summary>
    public int Steps => Sigmas.Length - 1;

    /// <summary>A buffer as large as the latent.</summary>
    public float[] Buffer() => new float[X.Length];

    /// <summary>Adds new noise.</summary>
    public void AddNoise(double scale, float[] buffer)
    {
        Generator.Fill(buffer);
        LatentSums.Add(scale, buffer, X);
    }

    /// <summary>Adds the Brownian noise of a step to a latent.</summary>
    public void AddNoise(float from, float to, double scale, float[] latent, float[] buffer)
    {
        Tree!.Draw(from, to, buffer);
        LatentSums.Add(scale, buffer, latent);
    }
}
