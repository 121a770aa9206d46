using Kohaku.Generation.Models;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.Graphs;

public sealed class VaeTests(TinyModel model) : IClassFixture<TinyModel>
{
    private const double Tolerance = 1e-3;

    private static readonly GoldenTensors s_golden = GoldenTensors.Read("vae.safetensors");

    [Fact]
    public void A_latent_is_decoded_as_the_reference_does() =>
        Close.To(s_golden["decoded"], model.Open.Decoder.Decode(s_golden["latent"], 16, 24, CancellationToken.None), Tolerance);

    [Fact]
    public void An_image_is_encoded_as_the_reference_does()
    {
        var (mean, logVariance) = model.Open.Encoder.Encode(s_golden["image"], 128, 192, CancellationToken.None);

        Close.To(s_golden["mean"], mean, Tolerance);
        Close.To(s_golden["logvar"], logVariance, Tolerance);
    }

    [Fact]
    public void A_latent_with_NaN_is_refused()
    {
        float[] latent = [.. s_golden["latent"]];
        latent[17] = float.NaN;
        Assert.Contains("NaN", Assert.Throws<ModelException>(() => model.Open.Decoder.Decode(latent, 16, 24, CancellationToken.None)).Message, StringComparison.Ordinal);
    }
}
