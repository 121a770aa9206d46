using System.Globalization;

namespace Kohaku.Jobs;

/// <summary>The memory that a request needs, roughly: weights, and the larger of what the UNet and the VAE hold while they run.</summary>
/// <param name="Weights">In bytes.</param>
/// <param name="Sampling">In bytes, beside the weights.</param>
/// <param name="Decoding">In bytes, beside the weights.</param>
public sealed record MemoryEstimate(long Weights, long Sampling, long Decoding)
{
    // Numbers that live at once, measured at 512² and 1024²: of the UNet for each latent pixel, in units of its channels; of the decoder for each pixel, likewise.
    private const double UNetValuesPerChannel = 15;
    private const double DecoderValuesPerChannel = 6;

    // Larger images are decoded in tiles.
    private const double MostDecodedAtOnce = 1536 * 1536;

    // On the CPU the UNet, three quarters of a model, is widened once; the other parts stay as they lie on disk.
    private const double WidenedHalf = 1.75;

    /// <summary>All of it, at the moment when most is needed.</summary>
    public long Peak => Weights + Math.Max(Sampling, Decoding);

    /// <summary>What to say where a machine has less than is needed; null where it has enough.</summary>
    /// <param name="available">Bytes that the process may use; 0 where that is not known.</param>
    public GenerationWarning? Against(long available) => available <= 0 || available >= Peak ? null : new GenerationWarning(
        string.Create(CultureInfo.InvariantCulture, $"about {Peak / 1e9:0.0} GB of memory are needed, and {available / 1e9:0.0} GB are there: it may be slow, or end"),
        Decoding > Sampling ? "Make a smaller image, or use a model in another precision" : "Use a model in another precision");

    /// <summary>Estimates an image of 1024×1024, guided.</summary>
    /// <param name="model">The model.</param>
    /// <param name="device">Where it runs, in the precision that suits it.</param>
    public static MemoryEstimate OfUsual(ModelSize model, DeviceKind device) =>
        Of(model, new GenerationRequest { Prompt = "", Steps = 1, Sampler = SamplerKind.Euler, GuidanceScale = 6, Seed = 0, Width = 1024, Height = 1024 }, Precision.Auto, device);

    /// <summary>Estimates a request.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The request; its larger pass counts.</param>
    /// <param name="precision">In what precision it runs.</param>
    /// <param name="device">Where; <see cref="DeviceKind.Auto"/> counts as the CPU.</param>
    public static MemoryEstimate Of(ModelSize model, GenerationRequest request, Precision precision, DeviceKind device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var isOnCard = device is DeviceKind.Cuda or DeviceKind.DirectML;
        var isHalf = precision == Precision.Half || (precision == Precision.Auto && isOnCard);
        var weights = (model.IsHalf, isHalf, isOnCard) switch
        {
            (true, _, false) => model.WeightBytes * WidenedHalf,
            (true, false, true) => model.WeightBytes * 2.0,
            (false, true, true) => model.WeightBytes / 2.0,
            _ => model.WeightBytes,
        };
        var (width, height) = (Math.Max(request.Width, request.Hires?.Width ?? 0), Math.Max(request.Height, request.Hires?.Height ?? 0));
        var pixels = (double)width * height;
        var bytes = isHalf ? 2 : 4;
        var batch = request.GuidanceScale == 1 ? 1 : 2;
        return new MemoryEstimate(
            (long)weights,
            (long)(pixels / 64 * batch * model.Channels * UNetValuesPerChannel * bytes),
            (long)(Math.Min(pixels, MostDecodedAtOnce) * model.DecoderChannels * DecoderValuesPerChannel * bytes));
    }

    /// <summary>What to say before a model is opened that this machine has too little memory for; null where it has enough, or where nobody knows.</summary>
    /// <remarks>A card's memory is its driver's business; the processor's is known, container limits included.</remarks>
    /// <param name="settings">The model, and the device it will run on.</param>
    /// <param name="requests">What will be made.</param>
    public static GenerationWarning? WarningOf(GeneratorSettings settings, IEnumerable<GenerationRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Device != DeviceKind.Cpu || !Path.Exists(settings.ModelPath)) return null;

        var size = ModelSize.Of(settings.ModelPath);
        var largest = requests.Select(request => Of(size, request, settings.Precision, settings.Device)).MaxBy(estimate => estimate.Peak);
        return largest?.Against(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }
}
