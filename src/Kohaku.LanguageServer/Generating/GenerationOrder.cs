using Kohaku.Analysis.Configuration;
using Kohaku.Files;
using Kohaku.Jobs;
using Kohaku.Jobs.Output;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Generating;

/// <summary>What a client asks for, read: its prompts, its options, and what holds for them.</summary>
internal sealed class GenerationOrder
{
    private const int MostImages = 1000;

    private readonly Settings _settings;
    private readonly Surroundings _surroundings;
    private readonly GenerateSettings _editor;
    private readonly GenerateOptions _options;
    private readonly IReadOnlyList<PromptSource> _prompts;
    private readonly string _base;
    private readonly string _title;

    private GenerationOrder(Settings settings, Setup setup, GenerateOptions options, IReadOnlyList<PromptSource> prompts, string folder, string title) =>
        (_settings, _surroundings, _editor, _options, _prompts, _base, _title) = (settings, setup.Surroundings, setup.Editor.Generate, options, prompts, folder, title);

    /// <summary>The image to start from: absolute; or null.</summary>
    public string? StartImage => GenerateSettings.PathOf(_options.Init, _base);

    /// <summary>Reads a request.</summary>
    /// <exception cref="GenerationException">It names no prompt, or one that cannot be read.</exception>
    public static GenerationOrder Of(Snapshot snapshot, GenerateParams request)
    {
        var path = request.Uri is { Length: > 0 } uri ? DocumentPath.Of(uri) : null;
        var isFile = path is not null && DocumentPath.IsFile(path);
        var folder = isFile ? Path.GetDirectoryName(path)! : snapshot.Client.FirstFolder;
        var settings = snapshot.Setup.SettingsFor(isFile ? path! : Path.Combine(folder, "prompt"));
        var options = request.Options ?? new GenerateOptions();
        if (request.Prompt is { } text)
            return new GenerationOrder(settings, snapshot.Setup, options, [PromptSource.OfText(text, request.Negative, settings.Dialect)], folder, OutputName.TitleOf(text));

        if (path is null) throw new GenerationException("no prompt is named", "Give a file, or a prompt as text");

        var prompts = PromptsOf(snapshot, path, request, settings);
        var title = isFile ? Path.GetFileNameWithoutExtension(path) : prompts[0].Positive;
        return new GenerationOrder(settings, snapshot.Setup, options, prompts, folder, OutputName.TitleOf(title));
    }

    /// <summary>The folder that images of a file's prompts go to.</summary>
    /// <param name="settings">The editor's settings.</param>
    /// <param name="folder">The file's folder.</param>
    public static string OutputFolder(GenerateSettings settings, string folder) => GenerateSettings.PathOf(settings.OutputFolder, folder) ?? Path.Combine(folder, "out");

    /// <summary>The job, all prompts resolved before anything is made: a mistake in the last one costs no time.</summary>
    /// <param name="startSize">The size of <see cref="StartImage"/>.</param>
    /// <returns>The job, and what the user should know of how prompts were taken.</returns>
    /// <exception cref="GenerationException">A value is none.</exception>
    public (GenerationJob Job, IReadOnlyList<string> Notes) Resolve((int Width, int Height)? startSize)
    {
        var named = GenerateSettings.PathOf(_options.Model, _base) ?? _editor.Model;
        var model = named ?? _settings.Model
            ?? throw new GenerationException("no model is named", "Set kohaku.generate.model: a .safetensors checkpoint, or a folder with an ONNX export");
        if (_options.Count is < 1 or > MostImages) throw new GenerationException($"count: {_options.Count} is not from 1 to {MostImages}");

        var notes = new List<string>();
        var wildcards = _settings.DynamicPrompts ? new WildcardLists(_settings.Wildcards, problem => notes.Add(problem.ToString())) : null;
        var resolver = new RequestResolver(_settings.Profile, Options(startSize), wildcards is null ? null : wildcards.Lines, RequestResolver.RandomSeed);
        var requests = new List<GenerationRequest>();
        foreach (var prompt in _prompts)
        {
            var resolved = resolver.Resolve(prompt);
            requests.AddRange(resolved.Requests);
            notes.AddRange(resolved.Notes);
        }

        var job = new GenerationJob
        {
            Settings = new GeneratorSettings
            {
                ModelPath = model,
                VaePath = _editor.Vae ?? (named is null || named == _settings.Model ? _settings.Vae : null),
                LoraFolders = [.. _editor.LoraFolders, .. _settings.Networks],
                EmbeddingFolders = [.. _editor.EmbeddingFolders, .. _settings.Embeddings],
                Precision = _editor.Precision,
                Device = _editor.Device,
                GpuFolder = GpuFolderOf(_editor.GpuLibrary),
            },
            Requests = requests,
            Folder = OutputFolder(_editor, _base),
            Title = _title,
            Previews = _editor.Previews,
        };
        return (job, notes);
    }

    // Looked for anew for each job, since `kohaku gpu install` may have ended meanwhile. A relative path would lie in the workspace, whose native code is never run.
    private string? GpuFolderOf(string? named) => named is null || Path.IsPathFullyQualified(named)
        ? GpuFolder.Of(_surroundings, named)
        : throw new GenerationException($"kohaku.generate.gpuLibrary: {named} is not an absolute path", "Name the folder from the root on");

    private GenerationOptions Options((int Width, int Height)? startSize) => new()
    {
        Steps = _options.Steps,
        Sampler = Said(_options.Sampler),
        Schedule = Said(_options.Schedule),
        GuidanceScale = _options.GuidanceScale,
        Seed = Said(_options.Seed),
        SeedDialect = Said(_options.SeedDialect) is not { } dialect ? null : JobNames.TryParse(dialect, out SeedDialect noise) ? noise
            : throw new GenerationException($"there is no seed dialect `{dialect}`", $"One of: {string.Join(", ", JobNames.SeedDialectWords)}"),
        Emphasis = Said(_options.Emphasis) is not { } mode ? null : JobNames.TryParse(mode, out EmphasisKind emphasis) ? emphasis
            : throw new GenerationException($"there is no emphasis mode `{mode}`", $"One of: {string.Join(", ", JobNames.EmphasisWords)}"),
        Size = Said(_options.Size),
        Count = _options.Count ?? 1,
        Hires = Said(_options.Hires),
        HiresSteps = _options.HiresSteps,
        Denoise = _options.Denoise,
        HiresUpscaler = Said(_options.HiresUpscaler),
        StartImage = StartImage,
        StartSize = startSize,
    };

    private static IReadOnlyList<PromptSource> PromptsOf(Snapshot snapshot, string path, GenerateParams request, Settings settings)
    {
        var document = DocumentOf(snapshot, path, request.Uri!);
        var prompts = PromptSource.Of(document, settings);
        if (prompts.Count == 0) throw new GenerationException($"{path}: holds no prompt", "Write one into it");
        if (request.Position is { } position)
        {
            var offset = new DocumentLines(document.File.Text, snapshot.Client.Encoding).Offset(position);
            prompts = [prompts.LastOrDefault(prompt => prompt.Start <= offset) ?? prompts[0]];
        }

        return request.Negative is { } negative ? [.. prompts.Select(prompt => prompt with { Negative = negative })] : prompts;
    }

    // What stands in the editor counts, saved or not.
    private static HostDocument DocumentOf(Snapshot snapshot, string path, string uri)
    {
        if (snapshot.Lost.Contains(path)) throw Failure.OutOfStep(uri);

        HostDocument? document;
        FileProblem? problem;
        if (snapshot.Documents.TryGetValue(path, out var open))
        {
            if (HostDocument.TryOpen(TextFile.FromText(path, open.Text), InputKind.Prompt, HostOptions.Default, out document, out problem)) return document;
        }
        else if (HostDocument.TryRead(new FoundFile(path, InputKind.Auto, IsNamed: true), HostOptions.Default, out document, out problem))
        {
            return document;
        }

        throw new GenerationException(problem.ToString());
    }

    private static string? Said(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
