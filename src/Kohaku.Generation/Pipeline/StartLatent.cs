namespace Kohaku.Generation.Pipeline;

/// <summary>What a pass starts from where it does not start from noise alone.</summary>
/// <param name="Mean">The latent, scaled, <c>[4, height, width]</c>.</param>
/// <param name="LogVariance">How sure the VAE's encoder was, as many; <see langword="null"/> where the latent comes from another pass.</param>
internal sealed record StartLatent(float[] Mean, float[]? LogVariance);
