using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Jobs;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Pipeline;

/// <summary>Makes images with one model, in this process.</summary>
public sealed class ImageGenerator : IGenerator
{
    private readonly ModelShelf _shelf;
    private readonly AdapterFolders _adapters;

    internal ImageGenerator(ModelShelf shelf, AdapterFolders adapters) => (_shelf, _adapters) = (shelf, adapters);

    /// <inheritdoc/>
    public IEnumerable<GeneratedImage> Run(GenerationRequest request, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        var model = _shelf.Take(_adapters.Resolve(NetworksOf(request, progress)), progress, cancellation);
        var run = new ImageRun(request, model, _shelf.Names, progress, cancellation);
        for (var index = 0; index < request.Count; index++) yield return run.Make(index);
    }

    /// <inheritdoc/>
    public void Dispose() => _shelf.Dispose();

    private static List<AdapterArguments> NetworksOf(GenerationRequest request, IProgress<GenerationEvent> progress)
    {
        // ComfyUI's prompts have no networks: its brackets are text.
        if (request.Emphasis == EmphasisKind.Comfy) return [];

        var found = new List<AdapterArguments>();
        foreach (var call in Networks.Extract(request.Prompt).Calls)
        {
            if (!AdapterArguments.IsAdapter(call.Kind)) progress.Report(new GenerationWarning($"<{call.Kind}:{string.Join(':', call.Arguments)}> has no effect", "Networks are lora and lyco here"));
            else if (AdapterArguments.TryRead(call, out var arguments, out var problem)) found.Add(arguments!);
            else throw new ModelException(problem!, "Write <lora:name:weight>");
        }

        return found;
    }
}
