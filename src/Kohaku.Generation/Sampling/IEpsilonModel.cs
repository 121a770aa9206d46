namespace Kohaku.Generation.Sampling;

/// <summary>What a sampler asks: the noise in a latent, guidance already applied. One latent, one image.</summary>
/// <remarks>
/// Guidance and composition combine denoised predictions, x − σ·ε; as each is linear in its ε with the same x, combining the ε comes to the same.
/// The implementation counts its calls where prompts change under way: call k of a run is the k-th call here.
/// </remarks>
public interface IEpsilonModel
{
    /// <summary>Predicts the noise.</summary>
    /// <param name="input">The model's input: the latent, already scaled.</param>
    /// <param name="timestep">0 to 999, may be fractional.</param>
    /// <param name="noise">Takes the noise, as many numbers as <paramref name="input"/> has.</param>
    public void Predict(ReadOnlySpan<float> input, float timestep, Span<float> noise);
}
