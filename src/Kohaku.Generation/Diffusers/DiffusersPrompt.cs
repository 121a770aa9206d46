using Kohaku.Generation.Models;
using Kohaku.Syntax;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Diffusers;

/// <summary>What <c>StableDiffusionXLPipeline</c> makes of a prompt: both tokenizers over the plain text, brackets and weights being text.</summary>
public static class DiffusersPrompt
{
    /// <summary>A text's chunks.</summary>
    /// <remarks>
    /// Up to 75 tokens it is exactly what diffusers encodes. It cuts longer ones off; here they go on in further chunks of 75, divided at commas as everywhere in the program, for no tag
    /// should vanish unseen.
    /// </remarks>
    /// <param name="text">The prompt.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <returns>At least one.</returns>
    public static IReadOnlyList<EncoderChunk> Chunks(string text, ClipTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tokenizer);
        var ids = tokenizer.Encode(text, TextCleaning.Canonical);
        if (ids.Length <= TokenChunk.Capacity) return [new EncoderChunk(Filled(ids, ClipTokenizer.End), Filled(ids, 0), [])];

        WeightedText[] runs = [new WeightedText(text, 1)];
        var first = Syntax.Tokens.Chunks.Of(runs, Dialect.A1111, tokenizer).Chunks;
        var second = Syntax.Tokens.Chunks.Of(runs, Dialect.A1111, tokenizer, ChunkPadding.Zero).Chunks;
        return [.. first.Zip(second, (one, other) => new EncoderChunk(one.Tokens, other.Tokens, []))];
    }

    private static int[] Filled(int[] ids, int padding)
    {
        var tokens = new int[TokenChunk.Length];
        tokens[0] = ClipTokenizer.Start;
        ids.CopyTo(tokens, 1);
        tokens[ids.Length + 1] = ClipTokenizer.End;
        tokens.AsSpan(ids.Length + 2).Fill(padding);
        return tokens;
    }
}
