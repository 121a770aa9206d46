using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Generation.Adapters;
using Kohaku.Generation.Pipeline;
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

    /// <summary>Embeddings in the configured folders, by name, with the tokens that each spends.</summary>
    public static Embeddings? EmbeddingsOf(IReadOnlyList<string> folders, ClipTokenizer tokenizer, Session session)
    {
        if (folders.Count == 0) return null;

        var inversions = new TextualInversions(folders, Warn);
        foreach (var problem in inversions.Problems) Warn(problem);
        return new Embeddings(inversions.Vectors, tokenizer);

        void Warn(FileProblem problem) => session.Surroundings.Warn(problem.ToString());
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
