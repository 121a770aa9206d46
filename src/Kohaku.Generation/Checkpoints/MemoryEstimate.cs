using System.Globalization;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;

namespace Kohaku.Generation.Checkpoints;

/// <summary>What a checkpoint needs to make an image, about.</summary>
/// <param name="Weights">Bytes of weights, in the device's memory.</param>
/// <param name="Work">Bytes of what is between: the larger of a step's and of a decoding's.</param>
public sealed record MemoryEstimate(long Weights, long Work)
{
    private const string Unet = "model.diffusion_model.";

    /// <summary>Numbers that the UNet holds at once for each place of a latent, entry of a batch and channel of its first level; measured at 512² and 1024².</summary>
    private const long UnetNumbers = 15;

    /// <summary>Images at full size that the decoder holds at once, of twice its first level's channels; measured alike.</summary>
    private const long DecoderImages = 3;

    /// <summary>Both together, in bytes.</summary>
    public long Total => Weights + Work;

    /// <summary>Bytes of memory that this machine has, or this process may take.</summary>
    public static long Machine => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Whether the UNet's weights are made fp32 once, when it is opened, and not in every step: that takes twice the file and saves 2 % to 6 % of a step.</summary>
    internal static bool WidensAtOnce(Checkpoint checkpoint) => Values(checkpoint, Unet) * 4 <= Machine / 10 * 6;

    /// <summary>Estimates.</summary>
    /// <param name="checkpoint">The model.</param>
    /// <param name="device">What it runs on.</param>
    /// <param name="precision">What it computes in.</param>
    /// <param name="height">Of the image, in pixels.</param>
    /// <param name="width">Of the image, in pixels.</param>
    /// <param name="batch">Entries of a call of the UNet: 2 with guidance.</param>
    public static MemoryEstimate Of(Checkpoint checkpoint, Device device, Precision precision, int height, int width, int batch = 2)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var size = device == Device.Cpu || precision == Precision.Full ? 4 : 2;
        var weights = device != Device.Cpu ? Values(checkpoint, "") * size
            : WidensAtOnce(checkpoint) ? Values(checkpoint, Unet) * 4 + Bytes(checkpoint, "") - Bytes(checkpoint, Unet)
            : Bytes(checkpoint, "");
        var reduction = VaeGraph.Reduction(checkpoint);
        var places = (long)height / reduction * (width / reduction);
        var step = places * batch * Channels(checkpoint, Unet + "input_blocks.0.0.weight") * UnetNumbers * size;
        var whole = Math.Min(places, TileSizes.Default.MostWhole) * reduction * reduction;
        var decoding = whole * DecoderImages * 2 * Channels(checkpoint, "first_stage_model.encoder.conv_in.weight") * size;
        return new MemoryEstimate(weights, Math.Max(step, decoding));
    }

    /// <summary>Throws where the processor's memory is too small. A card's is not known before it is full.</summary>
    /// <exception cref="ModelException">Says both sizes.</exception>
    public void RequireMachine()
    {
        if (Total <= Machine) return;

        throw new ModelException($"The image needs about {Gigabytes(Total)} GB of memory, and there are {Gigabytes(Machine)} GB", "Choose a smaller size, or use a graphics card");
    }

    private static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture);

    private static long Channels(Checkpoint checkpoint, string name) => checkpoint.Find(name)?.Shape is [var channels, ..] ? channels : 0;

    private static long Values(Checkpoint checkpoint, string prefix) => Known(checkpoint, prefix).Sum(tensor => tensor.Type == "F32" ? tensor.Length / 4 : tensor.Length / 2);

    private static long Bytes(Checkpoint checkpoint, string prefix) => Known(checkpoint, prefix).Sum(tensor => tensor.Length);

    private static IEnumerable<CheckpointTensor> Known(Checkpoint checkpoint, string prefix) => checkpoint.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal));
}
