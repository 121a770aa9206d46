using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs;
using Kohaku.Jobs.Models;
using Kohaku.Syntax.Tokens;
using Kohaku.Workspace;

namespace Kohaku.Generation.Pipeline;

/// <summary>Keeps a model open between images, with the adapters of the last one: another set of adapters takes its place.</summary>
/// <param name="settings">Which model.</param>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="cache">Where merged adapters are kept.</param>
/// <param name="inversions">Embeddings that prompts may name.</param>
internal sealed class ModelShelf(GeneratorSettings settings, ClipTokenizer tokenizer, ModelCache cache, TextualInversions inversions) : IDisposable
{
    private OpenModel? _open;
    private IReadOnlyList<AdapterCall> _calls = [];
    private IProgress<GenerationEvent>? _progress;

    /// <summary>The model by name, for an image's parameters.</summary>
    public ModelNames Names { get; } = new(NameOf(settings.ModelPath), Vae: settings.VaePath is { } vae ? NameOf(vae) : null);

    /// <summary>The model with some adapters.</summary>
    /// <param name="calls">The adapters, in the prompt's order.</param>
    /// <param name="progress">Told of loading and merging.</param>
    /// <param name="cancellation">Stops a merge.</param>
    /// <exception cref="ModelException">The model or an adapter cannot be used.</exception>
    public OpenModel Take(IReadOnlyList<AdapterCall> calls, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        _progress = progress;
        if (_open is not null && _calls.SequenceEqual(calls)) return _open;

        // The old one goes first: two would not fit on most cards.
        Dispose();
        progress.Report(new PhaseBegan(GenerationPhase.Load, 0, calls.Count == 0 ? Names.Name : $"{Names.Name} with {string.Join(", ", calls.Select(call => NameOf(call.Path)))}"));
        _open = new OpenModel(Open(calls, progress, cancellation), tokenizer, inversions);
        _calls = calls;
        return _open;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open?.Dispose();
        _open = null;
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path));

    private IDiffusionModel Open(IReadOnlyList<AdapterCall> calls, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        if (Directory.Exists(settings.ModelPath))
        {
            if (calls.Count > 0) throw new ModelException("networks cannot be merged into an ONNX folder", "Use the single-file checkpoint, or leave <lora:…> out");
            if (settings.VaePath is not null) throw Exception(ModelCheck.VaeOfFolder());

            return OnnxFolderModel.Open(settings.ModelPath, new CheckpointOptions { Device = settings.Device, Notice = Notice });
        }

        if (!File.Exists(settings.ModelPath)) throw Exception(ModelCheck.Missing(settings.ModelPath));

        // Half precision sees no more than the checkpoint's own type holds, at half the space.
        var precision = settings.Precision == Precision.Half || (settings.Precision == Precision.Auto && settings.Device is DeviceKind.Cuda or DeviceKind.DirectML) ? MergePrecision.Checkpoint : MergePrecision.Full;
        var merged = new AdapterMerge(cache).Prepare(settings.ModelPath, calls, precision, new MergeSteps(progress), cancellation);
        foreach (var (path, keys) in merged.Unmapped)
            progress.Report(new GenerationWarning($"{Path.GetFileName(path)}: {keys.Count} keys belong to nothing in this model, {keys[0]} first", "The others were used"));

        var model = CheckpointModel.Open(settings.ModelPath, new CheckpointOptions
        {
            Vae = settings.VaePath,
            Merged = merged.Overlay,
            Precision = settings.Precision,
            Device = settings.Device,
            Notice = Notice,
        });
        foreach (var warning in model.Checkpoint.Warnings) progress.Report(new GenerationWarning(warning.Message, warning.Help));
        return model;
    }

    private static ModelException Exception(ModelFinding finding) => new(finding.Message, finding.Help);

    private void Notice(string message) => _progress?.Report(new GenerationWarning(message));
}
