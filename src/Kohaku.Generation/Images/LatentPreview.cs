namespace Kohaku.Generation.Images;

/// <summary>A small picture of a latent, without the VAE: each pixel's colour is a linear map of its four values.</summary>
/// <remarks>Factors for SDXL's latents as they are sampled (scaled by 0.13025): ComfyUI, comfy/latent_formats.py.</remarks>
public static class LatentPreview
{
    private static readonly float[,] Factors =
    {
        { 0.3651f, 0.4232f, 0.4341f },
        { -0.2533f, -0.0042f, 0.1068f },
        { 0.1076f, 0.1111f, -0.0362f },
        { -0.3165f, -0.2492f, -0.2188f },
    };

    private static readonly float[] Bias = [0.1084f, -0.0175f, -0.0011f];

    /// <summary>The picture, a pixel for each of the latent's.</summary>
    /// <param name="latent">Denoised, scaled, <c>[4, height, width]</c>.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    public static RgbImage Of(ReadOnlySpan<float> latent, int height, int width)
    {
        var size = height * width;
        ArgumentOutOfRangeException.ThrowIfNotEqual(latent.Length, 4 * size);
        var planes = new float[3 * size];
        for (var colour = 0; colour < 3; colour++)
        {
            var plane = planes.AsSpan(colour * size, size);
            plane.Fill(Bias[colour]);
            for (var channel = 0; channel < 4; channel++)
            {
                var factor = Factors[channel, colour];
                var values = latent.Slice(channel * size, size);
                for (var i = 0; i < size; i++) plane[i] += factor * values[i];
            }
        }

        return RgbImage.FromPlanes(planes, width, height);
    }
}
