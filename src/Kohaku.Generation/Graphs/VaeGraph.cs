using Kohaku.Generation.Checkpoints;

namespace Kohaku.Generation.Graphs;

/// <summary>The VAE, with the names of latent-diffusion. Levels, blocks and channels are what the checkpoint has.</summary>
/// <remarks>Decoder: <c>latent</c> [batch, 4, height, width] → <c>image</c> [batch, 3, 8 · height, 8 · width]. Encoder: <c>image</c> → <c>moments</c> [batch, 8, height, width], mean and log variance. All fp32.</remarks>
internal sealed class VaeGraph(Layers layers)
{
    private const float Epsilon = 1e-6f;
    private const string Root = "first_stage_model.";
    private const string Decoder = Root + "decoder.";
    private const string Encoder = Root + "encoder.";

    private GraphBuilder Graph => layers.Graph;

    private Checkpoint Checkpoint => layers.Checkpoint;

    /// <summary>Latents to images.</summary>
    public static OnnxModel OfDecoder(Layers layers) => new VaeGraph(layers).Decode();

    /// <summary>Images to latents.</summary>
    public static OnnxModel OfEncoder(Layers layers) => new VaeGraph(layers).Encode();

    /// <summary>Channels of the latent.</summary>
    public static long LatentChannels(Checkpoint checkpoint) => checkpoint.Require(Root + "post_quant_conv.weight", 4, 2).Shape[1];

    /// <summary>How many times smaller a latent is than its image.</summary>
    public static int Reduction(Checkpoint checkpoint) => 1 << Math.Max(0, checkpoint.CountOf(Decoder + "up.") - 1);

    private OnnxModel Decode()
    {
        var latent = Graph.Input("latent", ElementType.Float, "batch", LatentChannels(Checkpoint), "height", "width");
        var x = layers.Convolution(layers.FromInput(latent), Root + "post_quant_conv");
        x = Middle(Decoder + "mid.", layers.Convolution(x, Decoder + "conv_in"));
        for (var level = Checkpoint.CountOf(Decoder + "up.") - 1; level >= 0; level--)
        {
            var name = $"{Decoder}up.{level}.";
            x = Blocks(name, x);
            if (level > 0) x = layers.Convolution(layers.Upsample(x), name + "upsample.conv");
        }

        x = layers.Convolution(layers.GroupNorm(x, Decoder + "norm_out", Epsilon, hasSilu: true), Decoder + "conv_out");
        Graph.Output(layers.ToOutput(x), "image", ElementType.Float, "batch", 3, "image height", "image width");
        return Graph.Build();
    }

    private OnnxModel Encode()
    {
        var image = Graph.Input("image", ElementType.Float, "batch", 3, "image height", "image width");
        var x = layers.Convolution(layers.FromInput(image), Encoder + "conv_in");
        var levels = Checkpoint.CountOf(Encoder + "down.");
        for (var level = 0; level < levels; level++)
        {
            var name = $"{Encoder}down.{level}.";
            x = Blocks(name, x);
            if (level < levels - 1) x = layers.Convolution(x, name + "downsample.conv", stride: 2, padsEnd: true);
        }

        x = Middle(Encoder + "mid.", x);
        x = layers.Convolution(layers.GroupNorm(x, Encoder + "norm_out", Epsilon, hasSilu: true), Encoder + "conv_out");
        x = layers.Convolution(x, Root + "quant_conv");
        Graph.Output(layers.ToOutput(x), "moments", ElementType.Float, "batch", 2 * LatentChannels(Checkpoint), "height", "width");
        return Graph.Build();
    }

    private string Blocks(string name, string x)
    {
        var count = Checkpoint.CountOf(name + "block.");
        for (var i = 0; i < count; i++) x = Residual($"{name}block.{i}.", x);
        return x;
    }

    private string Middle(string name, string x) => Residual(name + "block_2.", Attention(name + "attn_1.", Residual(name + "block_1.", x)));

    private string Residual(string name, string x)
    {
        var h = layers.Convolution(layers.GroupNorm(x, name + "norm1", Epsilon, hasSilu: true), name + "conv1");
        h = layers.Convolution(layers.GroupNorm(h, name + "norm2", Epsilon, hasSilu: true), name + "conv2");
        var skip = Checkpoint.HasAny(name + "nin_shortcut.") ? layers.Convolution(x, name + "nin_shortcut") : x;
        return layers.Add(skip, h);
    }

    // One head over all channels.
    private string Attention(string name, string x)
    {
        var channels = Checkpoint.Require(name + "q.weight", 2, 4).Shape[0];
        var (tokens, shape) = layers.ToTokens(layers.GroupNorm(x, name + "norm", Epsilon, hasSilu: false), channels);
        var batch = layers.Sides(x, 0, 1);
        var mixed = layers.Attention(layers.Linear(tokens, name + "q"), layers.Linear(tokens, name + "k"), layers.Linear(tokens, name + "v"), batch, 1, channels);
        return layers.Add(layers.FromTokens(layers.Linear(mixed, name + "proj_out"), shape), x);
    }
}
