using Kohaku.Files;
using Kohaku.Generation.Adapters;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs;
using Kohaku.Syntax.Tokens;
using Kohaku.Workspace;

namespace Kohaku.Generation.Pipeline;

/// <summary>Checks devices and opens models in this process.</summary>
/// <param name="surroundings">What a run is given.</param>
/// <param name="clip">Opens the tokenizer's table.</param>
public sealed class GeneratorSource(Surroundings surroundings, Func<ClipTable> clip) : IGeneratorSource
{
    /// <inheritdoc/>
    public DeviceChoice Choose(DeviceKind asked, string? gpuFolder) => Devices.Choose(asked, gpuFolder);

    /// <inheritdoc/>
    public IGenerator Open(GeneratorSettings settings, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        var adapters = new AdapterFolders(settings.LoraFolders, Warn);
        var inversions = new TextualInversions(settings.EmbeddingFolders, Warn);
        foreach (var problem in inversions.Problems) Warn(problem);

        var shelf = new ModelShelf(settings, new ClipTokenizer(clip()), ModelCache.Of(surroundings), inversions);
        return new ImageGenerator(shelf, adapters);

        void Warn(FileProblem problem) => progress.Report(new GenerationWarning(problem.ToString()));
    }
}
