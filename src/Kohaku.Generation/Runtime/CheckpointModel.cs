using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Jobs;

namespace Kohaku.Generation.Runtime;

/// <summary>A single-file SDXL checkpoint as a model. Each part is opened when it is first used.</summary>
public sealed class CheckpointModel : IDiffusionModel
{
    private const string UnetPrefix = "model.diffusion_model.";

    private readonly SessionFactory _sessions;
    private readonly GraphDialect _dialect;
    private readonly Lazy<ModelSession> _first;
    private readonly Lazy<ModelSession> _second;
    private readonly Lazy<ModelSession> _unet;
    private readonly Lazy<ModelSession> _decoder;
    private readonly Lazy<ModelSession> _fullDecoder;
    private readonly Lazy<ModelSession> _encoder;
    private readonly CheckpointNoisePredictor _predictor;

    private CheckpointModel(Checkpoint checkpoint, CheckpointOptions options, DeviceKind device, GraphDialect dialect)
    {
        Checkpoint = checkpoint;
        _sessions = new SessionFactory(device, options.Threads);
        _dialect = dialect;
        var compute = PrecisionOf(options.Precision, device);

        // Written at once, though opened later: a tensor that the decoder lacks is told before an image has been computed for nothing.
        _first = Open(TextEncoderGraph.OfFirst(Layers("text encoder 1", compute)), givesBack: true);
        _second = Open(TextEncoderGraph.OfSecond(Layers("text encoder 2", compute)), givesBack: true);
        _unet = Open(UnetGraph.Of(Layers("UNet", compute)), widensAtOnce: WidensAtOnce(checkpoint));
        _decoder = Open(VaeGraph.OfDecoder(Layers("VAE decoder", compute)), givesBack: true);
        // SDXL's own VAE overflows in fp16. Where it did, or could without being seen, fp32 serves.
        _fullDecoder = compute == ElementType.Float ? _decoder : Open(VaeGraph.OfDecoder(Layers("VAE decoder", ElementType.Float)), givesBack: true);
        _encoder = Open(VaeGraph.OfEncoder(Layers("VAE encoder", ElementType.Float)), givesBack: true);
        checkpoint.RequireComplete();

        var sizes = EncoderSizes.Of(checkpoint);
        TextEncoders = new CheckpointTextEncoders(_first, _second, sizes);
        _predictor = new CheckpointNoisePredictor(_unet, (int)UnetGraph.InputChannels(checkpoint), sizes);
        Decoder = new CheckpointDecoder(_decoder, _fullDecoder, (int)VaeGraph.LatentChannels(checkpoint), VaeGraph.Reduction(checkpoint), TileSizes.Default, options.Notice);
        Encoder = new CheckpointEncoder(_encoder, (int)VaeGraph.LatentChannels(checkpoint), VaeGraph.Reduction(checkpoint), TileSizes.Default);
    }

    /// <summary>The file behind it.</summary>
    public Checkpoint Checkpoint { get; }

    /// <inheritdoc/>
    public ITextEncoders TextEncoders { get; }

    /// <inheritdoc/>
    public INoisePredictor NoisePredictor => _predictor;

    /// <inheritdoc/>
    public ILatentDecoder Decoder { get; }

    /// <inheritdoc/>
    public ILatentEncoder Encoder { get; }

    /// <inheritdoc/>
    public double LatentScale => 0.13025;

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="path">The .safetensors file.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ModelException">It cannot be used: says why.</exception>
    public static CheckpointModel Open(string path, CheckpointOptions? options = null)
    {
        options ??= new CheckpointOptions();
        // The device first: it takes a moment, a broken model more.
        var choice = Devices.Choose(options.Device);
        if (choice.Note is { } notice) options.Notice?.Invoke(notice);
        return Open(path, options, choice.Device, choice.Device switch
        {
            DeviceKind.Cuda => GraphDialect.Cuda,
            DeviceKind.Cpu => GraphDialect.Processor,
            _ => GraphDialect.Portable,
        });
    }

    /// <summary>Opens a checkpoint with graphs in a dialect of choice.</summary>
    internal static CheckpointModel Open(string path, CheckpointOptions options, DeviceKind device, GraphDialect dialect) =>
        new(Checkpoint.Open(path, options.Vae, options.Merged), options, device, dialect);

    /// <inheritdoc/>
    public void Dispose()
    {
        _predictor.Dispose();
        foreach (var part in (ReadOnlySpan<Lazy<ModelSession>>)[_first, _second, _unet, _decoder, _fullDecoder, _encoder])
        {
            // Both decoders may be one; to dispose of it twice does no harm.
            if (part.IsValueCreated) part.Value.Dispose();
        }
    }

    private Layers Layers(string name, ElementType compute)
    {
        var graph = new GraphBuilder(name, compute);
        return _dialect == GraphDialect.Cuda ? new CudaLayers(graph, Checkpoint) : new PortableLayers(graph, Checkpoint, isFused: _dialect == GraphDialect.Processor);
    }

    // All but the UNet run once an image or less.
    private Lazy<ModelSession> Open(OnnxModel model, bool givesBack = false, bool widensAtOnce = false) => new(() => _sessions.Open(model, givesBack, widensAtOnce));

    private static ElementType PrecisionOf(Precision precision, DeviceKind device)
    {
        if (device != DeviceKind.Cpu) return precision == Precision.Full ? ElementType.Float : ElementType.Half;
        if (precision == Precision.Half) throw new ModelException("The processor computes in fp32: ONNX Runtime has no fp16 operators for it", "Use --precision fp32 or auto, or another device");
        return ElementType.Float;
    }

    // Weights made fp32 once, when the UNet is opened, and not in every step: that takes twice the file and saves 2 % to 6 % of a step.
    private static bool WidensAtOnce(Checkpoint checkpoint)
    {
        var values = checkpoint.Tensors.Where(tensor => tensor.Name.StartsWith(UnetPrefix, StringComparison.Ordinal)).Sum(tensor => tensor.Type == "F32" ? tensor.Length / 4 : tensor.Length / 2);
        return values * 4 <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 10 * 6;
    }
}
