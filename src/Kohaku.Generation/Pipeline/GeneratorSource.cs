using Kohaku.Files;
using Kohaku.Generation.Adapters;
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
    public DeviceChoice Choose(DeviceKind asked)
    {
        var cpu = new DeviceChoice(DeviceKind.Cpu, $"CPU, {Environment.ProcessorCount} threads");
        return asked switch
        {
            DeviceKind.Cpu => cpu,
            DeviceKind.Auto => cpu with { Note = "no graphics card can be used by this build: an image at SDXL's size takes minutes" },
            DeviceKind.Cuda => throw new GenerationException("--device cuda: the ONNX Runtime library of this build has no CUDA provider", "Use --device cpu, or a build with CUDA"),
            _ => throw new GenerationException("--device dml: DirectML is not part of this build", "Use --device cpu"),
        };
    }

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
