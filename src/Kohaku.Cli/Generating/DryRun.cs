using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Jobs;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Generating;

/// <summary>What would be done for a request, without a model.</summary>
/// <param name="Request">The request.</param>
/// <param name="First">Its first pass.</param>
/// <param name="Second">Its second pass, or null.</param>
internal sealed record DryRun(GenerationRequest Request, DryPass First, DryPass? Second)
{
    /// <summary>Plans a request.</summary>
    /// <exception cref="GenerationException">The dialect has no such sampler or schedule.</exception>
    public static DryRun Of(GenerationRequest request)
    {
        var first = PassPlan.First(request);
        var pass = DryPass.Of(request.Prompt, request.Negative, request.Emphasis, first, firstPassCalls: null);
        if (request.Hires is not { } hires) return new DryRun(request, pass, null);

        return new DryRun(request, pass, DryPass.Of(hires.Prompt ?? request.Prompt, hires.Negative ?? request.Negative, request.Emphasis, PassPlan.Second(request, hires), first.EditingCalls));
    }

    /// <summary>The six numbers of a pass that its size is told by: height, width, crop top and left, target height and width.</summary>
    public static int[] TimeIds(int width, int height) => [height, width, 0, 0, height, width];

    /// <summary>Embeddings in the configured folders, by name, with the tokens that each spends.</summary>
    public static Embeddings? EmbeddingsOf(IReadOnlyList<string> folders, ClipTokenizer tokenizer, Session session)
    {
        if (folders.Count == 0) return null;

        var vectors = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, path) in NetworkFolder.List(folders, problem => session.Surroundings.Warn(problem.ToString())))
        {
            if (!SafetensorsHeader.TryRead(path, out var header, out _)) continue;

            var tensor = header.Tensors.FirstOrDefault(tensor => tensor.Name is "clip_g" or "clip_l" && tensor.Shape.Length == 2);
            if (tensor is not null && tensor.Shape[0] is > 0 and < 10_000) vectors[name] = (int)tensor.Shape[0];
        }

        return new Embeddings(vectors, tokenizer);
    }
}

/// <summary>One pass of it.</summary>
/// <param name="Plan">Its way.</param>
/// <param name="Prompt">The positive prompt over its model calls.</param>
/// <param name="Negative">The negative prompt; null where it is empty, which A1111 takes for zeros.</param>
internal sealed record DryPass(PassPlan Plan, PromptMeaning Prompt, PromptMeaning? Negative)
{
    /// <summary>Reads the texts of a pass.</summary>
    public static DryPass Of(string prompt, string negative, EmphasisKind emphasis, PassPlan plan, int? firstPassCalls) => new(
        plan,
        RequestMeaning.Of(prompt, emphasis, plan.EditingCalls, firstPassCalls: firstPassCalls),
        negative.Length == 0 ? null : RequestMeaning.Of(negative, emphasis, plan.EditingCalls, isNegative: true, firstPassCalls));
}
