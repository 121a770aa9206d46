using System.Text.Json;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs;
using Kohaku.Jobs.Models;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>An SDXL model in a diffusers-layout ONNX folder, as optimum or Olive export it.</summary>
/// <remarks>
/// <c>model_index.json</c>, then a folder each for <c>text_encoder</c>, <c>text_encoder_2</c>, <c>unet</c>, <c>vae_decoder</c> and mostly <c>vae_encoder</c>, with <c>model.onnx</c> and
/// <c>config.json</c>, and <c>scheduler/scheduler_config.json</c>. Names, ranks and element types of inputs are read from the sessions, for exports differ. The vocabulary is the program's own:
/// the tokenizers' folders are not read.
/// </remarks>
public sealed class OnnxFolderModel : IDiffusionModel
{
    private readonly string _folder;
    private readonly SessionFactory _sessions;
    private readonly FolderTextEncoders _textEncoders;
    private readonly FolderUNet _unet;
    private readonly FolderDecoder _decoder;
    private FolderEncoder? _encoder;

    private OnnxFolderModel(string folder, CheckpointOptions options)
    {
        _folder = folder;
        ForceZerosForEmptyPrompt = FolderLook.Index(folder).Flag("force_zeros_for_empty_prompt") ?? true;
        Scheduler = FolderLook.Scheduler(folder);
        (LatentScale, var odd) = FolderLook.Scale(folder);
        if (odd is not null) options.Notice?.Invoke(odd.Message);
        var choice = Devices.Choose(options.Device);
        if (choice.Note is { } notice) options.Notice?.Invoke(notice);
        _sessions = new SessionFactory(choice.Device, options.Threads);
        var opened = new Stack<IDisposable>();
        try
        {
            var first = Opened(new FolderTextEncoder(Part("text_encoder"), hasPooled: false, _sessions));
            var second = Opened(new FolderTextEncoder(Part("text_encoder_2"), hasPooled: true, _sessions));
            _textEncoders = new FolderTextEncoders(first, second);
            _unet = Opened(new FolderUNet(Part("unet"), first.Width + second.Width, second.PooledWidth, _sessions));
            _decoder = Opened(new FolderDecoder(Part("vae_decoder"), _sessions));
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
        ? new FolderEncoder(Part("vae_encoder"), _sessions)
        : throw new ModelException($"{_folder} has no vae_encoder, which an image to start from needs", "Export the folder with its VAE's encoder");

    /// <inheritdoc/>
    public double LatentScale { get; }

    /// <summary>Whether a negative prompt that is empty becomes zeros: <c>force_zeros_for_empty_prompt</c> of the model's index, true where it does not say.</summary>
    public bool ForceZerosForEmptyPrompt { get; }

    /// <summary>The folder's <c>scheduler_config.json</c>, or <see langword="null"/> where it has none.</summary>
    public JsonElement? Scheduler { get; }

    /// <summary>Whether a path is such a folder: has <c>model_index.json</c>.</summary>
    public static bool IsFolder(string path) => File.Exists(Path.Combine(path, FolderLook.IndexName));

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="options">How; the precision is the export's own.</param>
    /// <exception cref="GenerationException">It is not such a folder, not SDXL, lacks a file, or the device cannot run it.</exception>
    public static OnnxFolderModel Open(string folder, CheckpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        options ??= new CheckpointOptions();
        if (options.Vae is not null) throw new ModelException($"{options.Vae} cannot take the place of an ONNX folder's VAE", "Leave --vae out, or use the single-file checkpoint");
        if (options.Merged is not null) throw new ModelException("networks (LoRA, LyCORIS) cannot be merged into an ONNX folder", "Take them out of the prompt, or use the single-file checkpoint");

        return new OnnxFolderModel(folder, options);
    }

    /// <summary>Closes all sessions.</summary>
    public void Dispose()
    {
        _encoder?.Dispose();
        _decoder.Dispose();
        _unet.Dispose();
        _textEncoders.Dispose();
    }

    private string Part(string name) => FolderLook.PathOf(_folder, name);
}
