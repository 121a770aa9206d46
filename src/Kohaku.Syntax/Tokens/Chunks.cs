namespace Kohaku.Syntax.Tokens;

/// <summary>The chunks of a weighted text, as the reference programs lay them out.</summary>
public static class Chunks
{
    /// <summary>Tokenizes a text and divides it into chunks of 75.</summary>
    /// <param name="texts">The text's runs, as <see cref="Meaning.Attention.Of"/> gives them for the dialect.</param>
    /// <param name="dialect">
    /// A1111 looks back to the last comma and ends a chunk at each BREAK; ComfyUI keeps words of fewer than 8 tokens whole.
    /// </param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="padding">
    /// With what chunks are filled up. A1111 tokenizes once for both encoders: with zeros, all behind the first end token is 0, as its encoder 2 has it.
    /// </param>
    /// <param name="embeddings">Embeddings that names stand for. Without any, names are text.</param>
    public static ChunkedText Of(
        IReadOnlyList<WeightedText> texts, Dialect dialect, ClipTokenizer tokenizer, ChunkPadding padding = ChunkPadding.End, Embeddings? embeddings = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(tokenizer);
        var text = new TokenRuns(tokenizer, embeddings);
        text.Read(texts, dialect);
        var parts = new List<ChunkDivision.Part>();
        var count = ChunkDivision.Divide(text, dialect, parts);

        var chunks = new TokenChunk[parts.Count];
        var run = 0;
        for (var i = 0; i < chunks.Length; i++) chunks[i] = Fill(text, parts[i], ref run, padding);
        return new ChunkedText(count, chunks);
    }

    private static TokenChunk Fill(TokenRuns text, ChunkDivision.Part part, ref int run, ChunkPadding padding)
    {
        // Only an embedding of more than 75 vectors makes a chunk longer, in A1111.
        var tokens = new int[int.Max(TokenChunk.Length, part.End - part.Start + 2)];
        var weights = new List<WeightRun>();
        Add(1, 1);
        tokens[0] = ClipTokenizer.Start;
        for (var at = part.Start; at < part.End; at++)
        {
            while (at >= text.Runs[run].End) run++;
            tokens[at - part.Start + 1] = text.Tokens.Ids[at];
            Add(1, text.Runs[run].Weight);
        }

        var end = part.End - part.Start + 1;
        tokens[end] = ClipTokenizer.End;
        tokens.AsSpan(end + 1).Fill(padding == ChunkPadding.End ? ClipTokenizer.End : 0);
        Add(tokens.Length - end, 1);
        return new TokenChunk(tokens, [.. weights], Places(text, part));

        void Add(int length, double weight)
        {
            if (weights.Count > 0 && weights[^1].Weight == weight) weights[^1] = new WeightRun(weights[^1].Length + length, weight);
            else weights.Add(new WeightRun(length, weight));
        }
    }

    private static EmbeddingPlace[] Places(TokenRuns text, ChunkDivision.Part part)
    {
        if (text.Inserts.Count == 0) return [];

        var places = new List<EmbeddingPlace>();
        foreach (var insert in text.Inserts)
        {
            var start = int.Max(insert.Start, part.Start);
            var end = int.Min(insert.Start + insert.Length, part.End);
            if (start < end) places.Add(new EmbeddingPlace(start - part.Start + 1, end - start, start - insert.Start, insert.Name));
        }

        return [.. places];
    }
}
