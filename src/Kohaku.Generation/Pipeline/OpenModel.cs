using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Jobs;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Pipeline;

/// <summary>A model that is open, with what its encoders have said so far.</summary>
/// <param name="model">The model.</param>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="inversions">Embeddings that prompts may name.</param>
internal sealed class OpenModel(IDiffusionModel model, ClipTokenizer tokenizer, TextualInversions inversions) : IDisposable
{
    private readonly ITokenVectors _vectors = inversions.For(tokenizer, model.TextEncoders);
    private readonly Dictionary<(EmphasisKind, SeedDialect), TextConditioner> _conditioners = [];

    /// <summary>The model.</summary>
    public IDiffusionModel Model => model;

    /// <summary>Conditions under a request's emphasis.</summary>
    public TextConditioner ConditionerOf(GenerationRequest request)
    {
        var key = (request.Emphasis, request.SeedDialect);
        if (!_conditioners.TryGetValue(key, out var conditioner))
        {
            var isEmptyZero = model is not OnnxFolderModel { ForceZerosForEmptyPrompt: false };
            _conditioners.Add(key, conditioner = new TextConditioner(model.TextEncoders, tokenizer, _vectors, request.Emphasis, request.SeedDialect, isEmptyZero));
        }

        return conditioner;
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
