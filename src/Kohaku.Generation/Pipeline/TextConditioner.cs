using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Models;
using Kohaku.Jobs;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Pipeline;

/// <summary>Texts to conditions: chunks, both encoders, weights. What was encoded is kept, so that alternation and the next image cost no second encoding.</summary>
/// <param name="encoders">The text encoders.</param>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="vectors">Embeddings that names stand for.</param>
/// <param name="emphasis">How weights work, and so whose brackets are read.</param>
/// <param name="seeds">Whose dialect: diffusers tokenizes plain text without A1111's cleaning.</param>
/// <param name="isEmptyZero">diffusers: whether a negative prompt that is empty becomes zeros, as a model's index says.</param>
internal sealed class TextConditioner(ITextEncoders encoders, ClipTokenizer tokenizer, ITokenVectors vectors, EmphasisKind emphasis, SeedDialect seeds, bool isEmptyZero = true)
{
    // A text of one chunk takes 630 KB at SDXL's sizes.
    private const int MostKept = 128;

    private readonly Dictionary<string, EncodedText> _known = new(StringComparer.Ordinal);
    private EncodedChunk? _empty;

    /// <summary>Whose rules texts follow.</summary>
    public Dialect Dialect => RequestMeaning.DialectOf(emphasis);

    /// <summary>Encodes a prompt for all its steps.</summary>
    /// <param name="text">The prompt, as it is written.</param>
    /// <param name="calls">Calls of the model in the pass, which is what prompt editing counts.</param>
    /// <param name="isNegative">Whether it is a negative prompt.</param>
    /// <param name="firstPassCalls">Calls of the pass before, in a hires pass.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <returns>Its parts; at least one.</returns>
    /// <exception cref="ModelException">A1111 fails on the prompt: says how.</exception>
    public IReadOnlyList<PlannedPart> Plan(string text, int calls, bool isNegative, int? firstPassCalls, CancellationToken cancellation)
    {
        // A1111's zero negative prompt (force_zero_negative_prompt), and diffusers' (force_zeros_for_empty_prompt); ComfyUI encodes the empty text.
        var isZero = seeds == SeedDialect.Diffusers ? isEmptyZero : Dialect == Dialect.A1111;
        if (isNegative && text.Length == 0 && isZero) return [new PlannedPart(1, [new PlannedText(calls, Zeros())])];

        var meaning = RequestMeaning.Of(text, emphasis, calls, isNegative, firstPassCalls);
        if (meaning.Error is { } error) throw new ModelException($"the prompt cannot be read: {error}", "kohaku lint shows the place");

        EncodeAll([.. meaning.Parts.SelectMany(part => part.Schedule)], cancellation);
        return [.. meaning.Parts.Select(part => new PlannedPart(part.Weight, [.. part.Schedule.Select(entry => new PlannedText(entry.Until, _known[entry.Text]))]))];
    }

    private void EncodeAll(IReadOnlyList<ScheduledMeaning> entries, CancellationToken cancellation)
    {
        if (_known.Count + entries.Count > MostKept) _known.Clear();
        var missing = entries.Where(entry => !_known.ContainsKey(entry.Text)).DistinctBy(entry => entry.Text).ToList();
        if (missing.Count == 0) return;

        var texts = missing.ConvertAll(entry => ChunksOf(entry));
        var chunks = texts.SelectMany(text => text).Select(chunk => chunk.Input).ToList();
        var isEmptyNeeded = _empty is null && emphasis == EmphasisKind.Comfy;
        if (isEmptyNeeded) chunks.Add(Empty());

        var encoded = encoders.Encode(chunks, cancellation);
        if (isEmptyNeeded) _empty = encoded[^1];
        var at = 0;
        for (var i = 0; i < missing.Count; i++)
        {
            _known[missing[i].Text] = Join(texts[i], encoded, at);
            at += texts[i].Count;
        }
    }

    private List<(EncoderChunk Input, WeightRun[] Weights)> ChunksOf(ScheduledMeaning entry)
    {
        if (emphasis == EmphasisKind.None && seeds == SeedDialect.Diffusers)
            return [.. DiffusersPrompt.Chunks(entry.Text, tokenizer).Select(chunk => (chunk, new[] { new WeightRun(chunk.First.Length, 1) }))];

        var first = Chunks.Of(entry.Runs, Dialect, tokenizer, ChunkPadding.End, vectors.Names).Chunks;
        var second = Chunks.Of(entry.Runs, Dialect, tokenizer, ChunkPadding.Zero, vectors.Names).Chunks;
        return [.. first.Zip(second, (one, two) => (new EncoderChunk(one.Tokens, two.Tokens, VectorsOf(one)), one.Weights))];
    }

    private List<TokenVector> VectorsOf(TokenChunk chunk)
    {
        var found = new List<TokenVector>();
        foreach (var place in chunk.Embeddings)
            for (var i = 0; i < place.Length; i++) found.Add(vectors.VectorOf(place.Name, place.First + i, place.Position + i));
        return found;
    }

    private EncoderChunk Empty()
    {
        var (_, first) = Chunks.Of([], Dialect, tokenizer, ChunkPadding.End);
        var (_, second) = Chunks.Of([], Dialect, tokenizer, ChunkPadding.Zero);
        return new EncoderChunk(first[0].Tokens, second[0].Tokens, []);
    }

    private EncodedText Join(List<(EncoderChunk Input, WeightRun[] Weights)> chunks, IReadOnlyList<EncodedChunk> encoded, int at)
    {
        var (firstWidth, secondWidth) = (encoders.FirstWidth, encoders.SecondWidth);
        var tokens = chunks.Sum(chunk => chunk.Input.First.Length);
        var context = new float[tokens * (firstWidth + secondWidth)];
        var row = 0;
        for (var i = 0; i < chunks.Count; i++)
        {
            var (first, second) = ((float[])encoded[at + i].First.Clone(), (float[])encoded[at + i].Second.Clone());
            EmphasisWeighting.Apply(emphasis, first, firstWidth, chunks[i].Weights, _empty?.First);
            EmphasisWeighting.Apply(emphasis, second, secondWidth, chunks[i].Weights, _empty?.Second);
            for (var token = 0; token < chunks[i].Input.First.Length; token++, row++)
            {
                var target = context.AsSpan(row * (firstWidth + secondWidth), firstWidth + secondWidth);
                first.AsSpan(token * firstWidth, firstWidth).CopyTo(target);
                second.AsSpan(token * secondWidth, secondWidth).CopyTo(target[firstWidth..]);
            }
        }

        return new EncodedText(tokens, context, encoded[at].Pooled);
    }

    private EncodedText Zeros() => new(
        TokenChunk.Length, new float[TokenChunk.Length * (encoders.FirstWidth + encoders.SecondWidth)], new float[encoders.PooledWidth]);
}
