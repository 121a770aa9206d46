using System.Text.Json;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Syntax.Tests.Tokens;

public sealed class ChunkTests
{
    private readonly ClipTokenizer _tokenizer = Vocabulary.Tokenizer();

    [Fact]
    public void A1111_chunks_and_counts_are_the_reference_programs()
    {
        foreach (var prompt in GoldenPrompts.A1111.Where(prompt => prompt.TryGetProperty("attention", out _)))
        {
            var chunked = Chunks.Of(Texts(prompt.GetProperty("attention")), Dialect.A1111, _tokenizer);
            var text = prompt.GetProperty("text").GetString();
            Assert.Equal((text, Write(prompt.GetProperty("chunks"))), (text, Write(chunked)));
            Assert.Equal((text, prompt.GetProperty("count").GetInt32()), (text, chunked.Count));
        }
    }

    [Fact]
    public void ComfyUI_chunks_are_the_reference_programs()
    {
        foreach (var prompt in GoldenPrompts.Comfy)
        {
            var texts = Texts(prompt.GetProperty("segments"));
            var text = prompt.GetProperty("text").GetString();
            Assert.Equal((text, Write(prompt.GetProperty("l"))), (text, Write(Chunks.Of(texts, Dialect.ComfyUI, _tokenizer))));
            Assert.Equal((text, Write(prompt.GetProperty("g"))), (text, Write(Chunks.Of(texts, Dialect.ComfyUI, _tokenizer, ChunkPadding.Zero))));
        }
    }

    [Fact]
    public void The_second_encoder_of_A1111_gets_zeros_behind_the_end()
    {
        var chunk = Assert.Single(Chunks.Of([new WeightedText("1girl", 1)], Dialect.A1111, _tokenizer, ChunkPadding.Zero).Chunks);
        Assert.Equal([49406, 272, 1611, 49407, 0], chunk.Tokens[..5]);
        Assert.Equal(0, chunk.Tokens[^1]);
    }

    [Fact]
    public void An_embedding_of_A1111_takes_as_many_places_as_it_has_vectors()
    {
        var embeddings = Known(("easynegative", 8), ("easy", 2));
        var chunk = Assert.Single(Chunks.Of([new WeightedText("bad, easynegative, easy", 1.2)], Dialect.A1111, _tokenizer, ChunkPadding.End, embeddings).Chunks);
        Assert.Equal([new EmbeddingPlace(3, 8, 0, "easynegative"), new EmbeddingPlace(12, 2, 0, "easy")], chunk.Embeddings);
        Assert.Equal([new WeightRun(1, 1), new WeightRun(13, 1.2), new WeightRun(63, 1)], chunk.Weights);
    }

    [Fact]
    public void An_embedding_of_A1111_is_never_divided()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 70));
        var chunks = Chunks.Of([new WeightedText(words + " easynegative", 1)], Dialect.A1111, _tokenizer, ChunkPadding.End, Known(("easynegative", 8))).Chunks;
        Assert.Empty(chunks[0].Embeddings);
        Assert.Equal([new EmbeddingPlace(1, 8, 0, "easynegative")], chunks[1].Embeddings);
    }

    [Fact]
    public void An_embedding_of_ComfyUI_is_called_by_its_prefix_and_an_unknown_one_is_left_out()
    {
        var text = new WeightedText("a embedding:easy, embedding:none b easy", 1);
        var chunk = Assert.Single(Chunks.Of([text], Dialect.ComfyUI, _tokenizer, ChunkPadding.End, Known(("easy", 2))).Chunks);
        Assert.Equal([new EmbeddingPlace(2, 2, 0, "easy")], chunk.Embeddings);
        Assert.Equal([49406, 320, 0, 0, 267, 321, _tokenizer.Encode("easy")[0], 49407], chunk.Tokens[..8]);
    }

    [Fact]
    public void A_long_embedding_of_ComfyUI_is_divided()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 70));
        var text = new WeightedText(words + " embedding:long", 1);
        var chunks = Chunks.Of([text], Dialect.ComfyUI, _tokenizer, ChunkPadding.End, Known(("long", 8))).Chunks;
        Assert.Equal([new EmbeddingPlace(71, 5, 0, "long")], chunks[0].Embeddings);
        Assert.Equal([new EmbeddingPlace(1, 3, 5, "long")], chunks[1].Embeddings);
    }

    private Embeddings Known(params (string Name, int Vectors)[] names) =>
        new(names.Select(name => KeyValuePair.Create(name.Name, name.Vectors)), _tokenizer);

    private static WeightedText[] Texts(JsonElement runs) =>
        [.. runs.EnumerateArray().Select(run => new WeightedText(run[0].GetString()!, run[1].GetDouble()))];

    private static string Write(JsonElement chunks) => string.Join('\n', chunks.EnumerateArray().Select(chunk => Write(
        GoldenPrompts.Ids(chunk.GetProperty("tokens")),
        chunk.GetProperty("weights").EnumerateArray().Select(run => new WeightRun(run[0].GetInt32(), run[1].GetDouble())))));

    private static string Write(ChunkedText text) => string.Join('\n', text.Chunks.Select(chunk => Write(chunk.Tokens, chunk.Weights)));

    private static string Write(IEnumerable<int> tokens, IEnumerable<WeightRun> weights) =>
        $"{string.Join(' ', tokens)} | {string.Join(' ', weights.Select(run => $"{run.Length}×{run.Weight}"))}";
}
