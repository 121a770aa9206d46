using System.Globalization;
using Kohaku.Analysis.Profiles;
using Kohaku.Jobs;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Generating;

/// <summary><c>kohaku/generationOptions</c>: what a panel offers to choose from.</summary>
internal sealed class GenerationOptionsHandler : ILastingHandler<GenerationOptionsParams, GenerationChoices>
{
    private const double LongestShape = 2;
    private const int DeepestFolder = 4;

    /// <inheritdoc/>
    public GenerationChoices Handle(Snapshot snapshot, GenerationOptionsParams request, CancellationToken cancel)
    {
        var path = request.Uri is { Length: > 0 } uri ? DocumentPath.Of(uri) : null;
        var folder = path is not null && DocumentPath.IsFile(path) ? Path.GetDirectoryName(path)! : snapshot.Client.FirstFolder;
        var profile = snapshot.Setup.SettingsFor(path is not null && DocumentPath.IsFile(path) ? path : Path.Combine(folder, "prompt")).Profile;
        var editor = snapshot.Setup.Editor.Generate;
        return new GenerationChoices
        {
            // Looked for on the disk, where settings say: not before someone trusts them.
            Models = snapshot.Setup.IsTrusted ? [.. ModelsOf(editor, cancel)] : [],
            Model = editor.Model,
            Samplers = [.. Enum.GetValues<SamplerKind>().Select(JobNames.Of)],
            Schedules = [.. Enum.GetValues<ScheduleKind>().Select(JobNames.Of)],
            Sizes = [.. SizesOf(profile)],
            Defaults = DefaultsOf(profile),
            OutputFolder = GenerationOrder.OutputFolder(editor, folder),
            Device = editor.Device switch { DeviceKind.Cuda => "cuda", DeviceKind.DirectML => "dml", DeviceKind.Cpu => "cpu", _ => null },
        };
    }

    private static GenerationDefaultValues DefaultsOf(Profile profile)
    {
        var usual = profile.Generation;
        var sampler = KnownNames.TrySampler(usual.Sampler, out var kind, out _) ? JobNames.Of(kind) : usual.Sampler;
        return new GenerationDefaultValues(
            usual.Steps, sampler, usual.Schedule, usual.GuidanceScale, string.Create(CultureInfo.InvariantCulture, $"{usual.Width}x{usual.Height}"), JobNames.Of(SeedDialect.A1111Nv), profile.Emphasis.Mode);
    }

    // The sizes that were trained, those of people's shapes: from tall to wide.
    private static IEnumerable<SizeChoice> SizesOf(Profile profile)
    {
        foreach (var (width, height) in profile.Resolution.Buckets())
        {
            if (Math.Max(width, height) > LongestShape * Math.Min(width, height)) continue;

            var shape = width == height ? "square" : width < height ? "portrait" : "landscape";
            yield return new SizeChoice(width, height, string.Create(CultureInfo.InvariantCulture, $"{width}×{height} {shape}"));
        }
    }

    private static List<ModelChoice> ModelsOf(GenerateSettings editor, CancellationToken cancel)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = DeepestFolder, IgnoreInaccessible = true };
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        if (editor.Model is { } own && Path.Exists(own)) paths.Add(own);
        foreach (var folder in editor.ModelFolders)
        {
            if (!Directory.Exists(folder)) continue;

            var exports = Directory.EnumerateFiles(folder, "model_index.json", options).Select(file => Path.GetDirectoryName(file)!).ToHashSet(StringComparer.Ordinal);
            paths.UnionWith(exports);
            foreach (var file in Directory.EnumerateFiles(folder, "*.safetensors", options))
            {
                cancel.ThrowIfCancellationRequested();
                if (!exports.Any(export => file.StartsWith(export + Path.DirectorySeparatorChar, StringComparison.Ordinal))) paths.Add(file);
            }
        }

        return [.. paths.Select(path => new ModelChoice(path, Directory.Exists(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path)))];
    }
}
