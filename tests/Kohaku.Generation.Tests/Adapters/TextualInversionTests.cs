using Kohaku.Files;
using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;
using static Kohaku.Generation.Tests.Adapters.AdapterFixture;

namespace Kohaku.Generation.Tests.Adapters;

public sealed class TextualInversionTests
{
    [Fact]
    public void Each_vector_stands_at_its_place_for_both_encoders()
    {
        using var folder = new AdapterFixture();
        var (l, g) = (Random("l", 3, 4), Random("g", 3, 6));
        folder.Write("style.safetensors", "F16", ("clip_g", [3, 6], g), ("clip_l", [3, 4], l));
        var embeddings = Embeddings(folder);
        Assert.Equal(new Dictionary<string, int> { ["style"] = 3 }, embeddings.Vectors);
        Assert.Empty(embeddings.Problems);

        var source = embeddings.For(Vocabulary.Tokenizer(), new Widths(4, 6));
        TokenVector[] vectors = [source.VectorOf("style", 1, 5), source.VectorOf("style", 2, 6), source.VectorOf("style", 0, 9)];
        Assert.Equal([5, 6, 9], vectors.Select(vector => vector.Position));
        Assert.Equal([l[4..8], l[8..12], l[..4]], vectors.Select(vector => vector.First.ToArray()));
        Assert.Equal([g[6..12], g[12..18], g[..6]], vectors.Select(vector => vector.Second.ToArray()));
    }

    [Fact]
    public void A_name_in_a_text_becomes_its_vectors()
    {
        using var folder = new AdapterFixture();
        folder.Write("my style.safetensors", "F32", ("clip_l", [2, 4], Random("l", 2, 4)), ("clip_g", [2, 6], Random("g", 2, 6)));
        var tokenizer = Vocabulary.Tokenizer();
        var names = Embeddings(folder).For(tokenizer, new Widths(4, 6)).Names;
        var chunk = Assert.Single(Chunks.Of([new WeightedText("1girl, my style, smile", 1)], Dialect.A1111, tokenizer, embeddings: names).Chunks);
        Assert.Equal([new EmbeddingPlace(4, 2, 0, "my style")], chunk.Embeddings);
    }

    [Fact]
    public void Other_files_are_passed_over_and_told()
    {
        using var folder = new AdapterFixture();
        folder.Write("old.safetensors", "F32", ("emb_params", [2, 768], Random("e", 2, 768)));
        folder.Write("half.safetensors", "F32", ("clip_l", [2, 4], Random("l", 2, 4)));
        folder.Write("uneven.safetensors", "F32", ("clip_l", [2, 4], Random("l", 2, 4)), ("clip_g", [3, 6], Random("g", 3, 6)));
        File.Copy(folder["old.safetensors"], folder["pickle.pt"]);
        var embeddings = Embeddings(folder);
        Assert.Empty(embeddings.Vectors);
        Assert.Equal(
            ["half.safetensors", "old.safetensors", "pickle.pt", "uneven.safetensors"],
            embeddings.Problems.Select(problem => Path.GetFileName(problem.Path)).Order(StringComparer.Ordinal));
        Assert.Contains(embeddings.Problems, problem => problem.Message.Contains("Stable Diffusion 1.x", StringComparison.Ordinal));
    }

    [Fact]
    public void Widths_of_another_model_are_told()
    {
        using var folder = new AdapterFixture();
        folder.Write("style.safetensors", "F32", ("clip_l", [1, 4], Random("l", 1, 4)), ("clip_g", [1, 6], Random("g", 1, 6)));
        var wrong = Assert.Throws<ModelException>(() => Embeddings(folder).For(Vocabulary.Tokenizer(), new Widths(4, 7)).VectorOf("style", 0, 1));
        Assert.Equal("style.safetensors has vectors of 4 and 6 numbers, the model's encoders take 4 and 7", wrong.Message);
    }

    private static TextualInversions Embeddings(AdapterFixture folder) => new([Path.GetDirectoryName(folder.Checkpoint)!], problem => Assert.Fail(problem.ToString()));

    private sealed record Widths(int FirstWidth, int SecondWidth) : ITextEncoders
    {
        public int PooledWidth => SecondWidth;

        public IReadOnlyList<EncodedChunk> Encode(IReadOnlyList<EncoderChunk> chunks, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
