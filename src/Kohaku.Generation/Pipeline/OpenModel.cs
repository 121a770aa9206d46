using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Jobs;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Pipeline;

/// <summary>A model that is open, with what its encoders have said so far.</summary>
/// <param name="model">The model.</param>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="inversions">Embeddings that prompts may name.</param>
internal sealed class OpenModel(IDiffusionModel model, ClipTokenizer tokenizer, TextualInversions inversions) : IDisposable
{
    private readonly Dictionary<(EmphasisKind, SeedDialect), TextConditioner> _conditioners = [];

    /// <summary>The model.</summary>
    public IDiffusionModel Model => model;

    /// <summary>Conditions under a request's emphasis.</summary>
    public TextConditioner ConditionerOf(GenerationRequest request)
    {
        var key = (request.Emphasis, request.SeedDialect);
        if (!_conditioners.TryGetValue(key, out var conditioner))
            _conditioners.Add(key, conditioner = new TextConditioner(model.TextEncoders, tokenizer, inversions, request.Emphasis, request.SeedDialect));
        return conditioner;
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
