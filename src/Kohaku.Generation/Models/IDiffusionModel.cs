namespace Kohaku.Generation.Models;

/// <summary>A model that is open: text encoders, UNet and VAE. Whether a checkpoint or an ONNX folder stands behind it is not seen.</summary>
public interface IDiffusionModel : IDisposable
{
    /// <summary>Both text encoders.</summary>
    public ITextEncoders TextEncoders { get; }

    /// <summary>The noise predictor.</summary>
    public INoisePredictor NoisePredictor { get; }

    /// <summary>Latents to images.</summary>
    public ILatentDecoder Decoder { get; }

    /// <summary>Images to latents.</summary>
    /// <exception cref="ModelException">The model has none (an ONNX folder without <c>vae_encoder</c>).</exception>
    public ILatentEncoder Encoder { get; }

    /// <summary>What latents are divided by before decoding: 0.13025 for SDXL.</summary>
    public double LatentScale { get; }
}
