using System.Text.Json;
using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>An SDXL model in a diffusers-layout ONNX folder, as optimum or Olive export it.</summary>
/// <remarks>
/// <c>model_index.json</c>, then a folder each for <c>text_encoder</c>, <c>text_encoder_2</c>, <c>unet</c>, <c>vae_decoder</c> and mostly <c>vae_encoder</c>, with <c>model.onnx</c> and
/// <c>config.json</c>, and <c>scheduler/scheduler_config.json</c>. Names, ranks and element types of inputs are read from the sessions, for exports differ. The vocabulary is the program's own:
/// the tokenizers' folders are not read.
/// </remarks>
public sealed class OnnxFolderModel : IDiffusionModel
{
    private const double SdxlScale = 0.13025;
    private const double Sd1Scale = 0.18215;
    private const string IndexName = "model_index.json";

    private readonly string _folder;
    private readonly SessionOptions _options;
    private readonly FolderTextEncoders _textEncoders;
    private readonly FolderUNet _unet;
    private readonly FolderDecoder _decoder;
    private FolderEncoder? _encoder;

    private OnnxFolderModel(string folder, SessionOptions options, Action<string>? warn)
    {
        _folder = folder;
        _options = options;
        var index = ReadIndex(folder);
        ForceZerosForEmptyPrompt = index.Flag("force_zeros_for_empty_prompt") ?? true;
        Scheduler = ConfigFile.Read(Part("scheduler/scheduler_config.json"));
        if (Scheduler?.Text("prediction_type") is { } prediction and not "epsilon")
        {
            throw new ModelException(
                $"{Part("scheduler/scheduler_config.json")} says that the model predicts {prediction}, not noise", "Only models that predict noise (epsilon), as Kohaku-XL does, can be used");
        }

        LatentScale = ReadScale(warn);
        var opened = new Stack<IDisposable>();
        try
        {
            var first = Opened(new FolderTextEncoder(Part("text_encoder"), hasPooled: false, options));
            var second = Opened(new FolderTextEncoder(Part("text_encoder_2"), hasPooled: true, options));
            _textEncoders = new FolderTextEncoders(first, second);
            _unet = Opened(new FolderUNet(Part("unet"), first.Width + second.Width, second.PooledWidth, options));
            _decoder = Opened(new FolderDecoder(Part("vae_decoder"), options));
        }
        catch
        {
            while (opened.TryPop(out var part)) part.Dispose();
            throw;
        }

        T Opened<T>(T part)
            where T : IDisposable
        {
            opened.Push(part);
            return part;
        }
    }

    /// <inheritdoc/>
    public ITextEncoders TextEncoders => _textEncoders;

    /// <inheritdoc/>
    public INoisePredictor NoisePredictor => _unet;

    /// <inheritdoc/>
    public ILatentDecoder Decoder => _decoder;

    /// <inheritdoc/>
    public ILatentEncoder Encoder => _encoder ??= Directory.Exists(Part("vae_encoder"))
        ? new FolderEncoder(Part("vae_encoder"), _options)
        : throw new ModelException($"{_folder} has no vae_encoder, which an image to start from needs", "Export the folder with its VAE's encoder");

    /// <inheritdoc/>
    public double LatentScale { get; }

    /// <summary>Whether a negative prompt that is empty becomes zeros: <c>force_zeros_for_empty_prompt</c> of the model's index, true where it does not say.</summary>
    public bool ForceZerosForEmptyPrompt { get; }

    /// <summary>The folder's <c>scheduler_config.json</c>, or <see langword="null"/> where it has none.</summary>
    public JsonElement? Scheduler { get; }

    /// <summary>Whether a path is such a folder: has <c>model_index.json</c>.</summary>
    public static bool IsFolder(string path) => File.Exists(Path.Combine(path, IndexName));

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="options">How sessions run, and on which device; the model's from here on. The CPU where it is left out.</param>
    /// <param name="warn">Takes what the user should know though it goes on.</param>
    /// <exception cref="ModelException">It is not such a folder, not SDXL, lacks a file, or the device cannot run it.</exception>
    public static OnnxFolderModel Open(string folder, SessionOptions? options = null, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        options ??= new SessionOptions();
        try
        {
            return new OnnxFolderModel(folder, options, warn);
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    /// <summary>Closes all sessions.</summary>
    public void Dispose()
    {
        _encoder?.Dispose();
        _decoder.Dispose();
        _unet.Dispose();
        _textEncoders.Dispose();
        _options.Dispose();
    }

    private static JsonElement ReadIndex(string folder)
    {
        if (!Directory.Exists(folder)) throw new ModelException($"{folder} is not a folder", "Give the folder that model_index.json stands in");

        var index = ConfigFile.Read(Path.Combine(folder, IndexName))
            ?? throw new ModelException($"{folder} has no {IndexName}", "Give the folder of a diffusers-layout ONNX export, or a single-file checkpoint (.safetensors)");
        if (!Directory.Exists(Path.Combine(folder, "text_encoder_2")) && !index.TryGetProperty("text_encoder_2", out _))
        {
            var kind = index.Text("_class_name") is { } name ? $" ({name})" : "";
            throw new ModelException($"{folder} is not an SDXL model{kind}: it has no text_encoder_2", "Use a model of the SDXL family");
        }

        return index;
    }

    private double ReadScale(Action<string>? warn)
    {
        var path = Part("vae_decoder/config.json");
        var scale = ConfigFile.Read(path)?.Number("scaling_factor") ?? SdxlScale;
        if (scale == Sd1Scale)
        {
            warn?.Invoke($"{path} has the scaling_factor {Sd1Scale}, which is Stable Diffusion 1's; {SdxlScale} is used");
            return SdxlScale;
        }

        return scale is > 0 and < 1000 ? scale : throw new ModelException($"{path} has the scaling_factor {scale}", $"SDXL's is {SdxlScale}");
    }

    private string Part(string name) => Path.Combine(_folder, Path.Combine(name.Split('/')));
}
