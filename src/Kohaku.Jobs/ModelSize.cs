using Kohaku.Files;

namespace Kohaku.Jobs;

/// <summary>How large a model is: what its memory is estimated from.</summary>
/// <param name="WeightBytes">Its weights as they lie on disk.</param>
/// <param name="IsHalf">Whether most of them are in half precision.</param>
/// <param name="Channels">Channels of the UNet's first level: 320 in SDXL.</param>
/// <param name="DecoderChannels">Channels of the VAE decoder's last level: 128 in SDXL.</param>
public sealed record ModelSize(long WeightBytes, bool IsHalf, int Channels, int DecoderChannels)
{
    private const string UNetInput = "model.diffusion_model.input_blocks.0.0.weight";
    private const string DecoderOutput = "first_stage_model.decoder.conv_out.weight";

    /// <summary>SDXL in half precision: UNet 2,567,463,684, encoders 123,060,480 and 694,659,841, VAE 83,653,863 parameters.</summary>
    public static ModelSize Sdxl { get; } = new(2 * (2_567_463_684L + 123_060_480 + 694_659_841 + 83_653_863), true, 320, 128);

    /// <summary>Reads the size of a checkpoint from its header, or of a folder from its files; the weights are not touched.</summary>
    /// <exception cref="GenerationException">There is no such model, or the header is broken.</exception>
    public static ModelSize Of(string path)
    {
        if (Directory.Exists(path))
        {
            var bytes = new DirectoryInfo(path).EnumerateFiles("*.onnx*", SearchOption.AllDirectories).Sum(file => file.Length);
            return Sdxl with { WeightBytes = bytes, IsHalf = bytes < Sdxl.WeightBytes * 3 / 2 };
        }

        return SafetensorsHeader.TryRead(path, out var header, out var problem) ? Of(header) : throw new GenerationException(problem.ToString());
    }

    /// <summary>The size of a checkpoint by its header.</summary>
    public static ModelSize Of(SafetensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var half = header.Tensors.Where(tensor => tensor.Type is "F16" or "BF16").Sum(tensor => tensor.Length);
        var all = header.Tensors.Sum(tensor => tensor.Length);
        return new ModelSize(all, half > all / 2, FirstSide(UNetInput, 0) ?? Sdxl.Channels, FirstSide(DecoderOutput, 1) ?? Sdxl.DecoderChannels);

        int? FirstSide(string name, int axis) =>
            header.Tensors.FirstOrDefault(tensor => tensor.Name == name) is { } tensor && tensor.Shape.Length > axis ? (int)Math.Min(tensor.Shape[axis], 4096) : null;
    }
}
