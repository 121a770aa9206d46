using System.Globalization;
using Kohaku.Analysis.Profiles;
using Kohaku.Jobs;
using Kohaku.Jobs.Models;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Generating;

/// <summary><c>kohaku/generationOptions</c>: what a panel offers to choose from.</summary>
internal sealed class GenerationOptionsHandler : ILastingHandler<GenerationOptionsParams, GenerationChoices>
{
    private const double LongestShape = 2;

    /// <inheritdoc/>
    public GenerationChoices Handle(Snapshot snapshot, GenerationOptionsParams request, CancellationToken cancel)
    {
        var path = request.Uri is { Length: > 0 } uri ? DocumentPath.Of(uri) : null;
        var folder = path is not null && DocumentPath.IsFile(path) ? Path.GetDirectoryName(path)! : snapshot.Client.FirstFolder;
        var settings = snapshot.Setup.SettingsFor(path is not null && DocumentPath.IsFile(path) ? path : Path.Combine(folder, "prompt"));
        var profile = settings.Profile;
        var editor = snapshot.Setup.Editor.Generate;
        var isTrusted = snapshot.Setup.IsTrusted;
        var model = editor.Model ?? (isTrusted ? settings.Model : null);
        return new GenerationChoices
        {
            // Looked for on the disk, where settings say: not before someone trusts them.
            Models = isTrusted ? [.. ModelsOf(model, [.. editor.ModelFolders, .. settings.ModelFolders], cancel)] : [],
            Model = model,
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

    // The one in use stands among them wherever it lies.
    private static IEnumerable<ModelChoice> ModelsOf(string? model, IEnumerable<string> folders, CancellationToken cancel)
    {
        var paths = new SortedSet<string>(ModelFolders.List(folders, cancel), StringComparer.Ordinal);
        if (model is not null && Path.Exists(model)) paths.Add(model);
        return paths.Select(path => new ModelChoice(path, ModelFolders.NameOf(path)));
    }
}
