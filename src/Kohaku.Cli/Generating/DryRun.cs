using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Generation.Sampling;
using Kohaku.Jobs;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Generating;

/// <summary>What would be done for a request, without a model.</summary>
/// <param name="Request">The request.</param>
/// <param name="Prompt">The positive prompt over the model calls of the first pass.</param>
/// <param name="Negative">The negative prompt; null where it is empty, which becomes zeros.</param>
/// <param name="HiresPrompt">The positive prompt in the second pass; null without one.</param>
/// <param name="HiresNegative">The negative prompt in the second pass.</param>
internal sealed record DryRun(GenerationRequest Request, PromptMeaning Prompt, PromptMeaning? Negative, PromptMeaning? HiresPrompt, PromptMeaning? HiresNegative)
{
    /// <summary>Plans a request.</summary>
    public static DryRun Of(GenerationRequest request)
    {
        var calls = CallsOf(request.Sampler, request.Steps);
        var plan = new DryRun(request, Read(request.Prompt, calls), request.Negative.Length == 0 ? null : Read(request.Negative, calls, isNegative: true), null, null);
        if (request.Hires is not { } hires) return plan;

        var hiresCalls = CallsOf(hires.Sampler ?? request.Sampler, hires.Steps == 0 ? request.Steps : hires.Steps);
        var negative = hires.Negative ?? request.Negative;
        return plan with
        {
            HiresPrompt = Read(hires.Prompt ?? request.Prompt, hiresCalls, first: calls),
            HiresNegative = negative.Length == 0 ? null : Read(negative, hiresCalls, isNegative: true, calls),
        };

        PromptMeaning Read(string text, int calls, bool isNegative = false, int? first = null) => RequestMeaning.Of(text, request.Emphasis, calls, isNegative, first);
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

    private static int CallsOf(SamplerKind sampler, int steps) => SamplerTraits.CallsTwice(sampler) ? 2 * steps : steps;
}
