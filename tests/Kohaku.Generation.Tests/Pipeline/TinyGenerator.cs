using Kohaku.Generation.Pipeline;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;
using Kohaku.Workspace;

namespace Kohaku.Generation.Tests.Pipeline;

/// <summary>Opens scaled-down models as the command does; what was cached is gone afterwards.</summary>
internal sealed class TinyGenerator : IProgress<GenerationEvent>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-generator-").FullName;

    /// <summary>All that was told.</summary>
    public List<GenerationEvent> Events { get; } = [];

    /// <summary>A file beside the cache.</summary>
    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>Opens a model.</summary>
    public IGenerator Open(string? model = null, string? loraFolder = null, string? vae = null)
    {
        var source = new GeneratorSource(new Surroundings(name => name == "KOHAKU_CACHE" ? _folder : null, _folder, _ => { }), () => Vocabulary.Table);
        return source.Open(
            new GeneratorSettings { ModelPath = model ?? TinyCheckpoint.Path, VaePath = vae, Device = TestDevice.Kind, Precision = Precision.Full, LoraFolders = loraFolder is null ? [] : [loraFolder] }, this, default);
    }

    /// <summary>The images of a request.</summary>
    public IReadOnlyList<GeneratedImage> Make(GenerationRequest request, string? loraFolder = null)
    {
        using var generator = Open(loraFolder: loraFolder);
        return [.. generator.Run(request, this, default)];
    }

    public void Report(GenerationEvent value) => Events.Add(value);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
