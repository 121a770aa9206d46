using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;

namespace Kohaku.Generation.Runtime;

/// <summary>A single-file SDXL checkpoint as a model. Each part is opened when it is first used.</summary>
public sealed class CheckpointModel : IDiffusionModel
{
    private readonly SessionFactory _sessions;
    private readonly Lazy<ModelSession> _first;
    private readonly Lazy<ModelSession> _second;
    private readonly Lazy<ModelSession> _unet;
    private readonly Lazy<ModelSession> _decoder;
    private readonly Lazy<ModelSession> _encoder;
    private readonly CheckpointNoisePredictor _predictor;

    private CheckpointModel(Checkpoint checkpoint, CheckpointOptions options)
    {
        Checkpoint = checkpoint;
        _sessions = new SessionFactory(Device.Cpu, options.Threads);

        // Written at once, though opened later: a tensor that the decoder lacks is told before an image has been computed for nothing.
        _first = Open(TextEncoderGraph.OfFirst(Layers("text encoder 1")));
        _second = Open(TextEncoderGraph.OfSecond(Layers("text encoder 2")));
        _unet = Open(UnetGraph.Of(Layers("UNet")));
        _decoder = Open(VaeGraph.OfDecoder(Layers("VAE decoder")));
        _encoder = Open(VaeGraph.OfEncoder(Layers("VAE encoder")));
        checkpoint.RequireComplete();

        var sizes = EncoderSizes.Of(checkpoint);
        TextEncoders = new CheckpointTextEncoders(_first, _second, sizes);
        _predictor = new CheckpointNoisePredictor(_unet, (int)UnetGraph.InputChannels(checkpoint), sizes);
        Decoder = new CheckpointDecoder(_decoder, (int)VaeGraph.LatentChannels(checkpoint), VaeGraph.Reduction(checkpoint));
        Encoder = new CheckpointEncoder(_encoder, (int)VaeGraph.LatentChannels(checkpoint), VaeGraph.Reduction(checkpoint));
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
        return new CheckpointModel(Checkpoint.Open(path, options.Vae, options.Merged), options);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _predictor.Dispose();
        foreach (var part in (ReadOnlySpan<Lazy<ModelSession>>)[_first, _second, _unet, _decoder, _encoder])
        {
            if (part.IsValueCreated) part.Value.Dispose();
        }
    }

    private PortableLayers Layers(string name) => new(new GraphBuilder(name, ElementType.Float), Checkpoint);

    private Lazy<ModelSession> Open(OnnxModel model) => new(() => _sessions.Open(model));
}
