using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.Graphs;

public sealed class TextEncoderTests : IClassFixture<TinyModel>
{
    private const double Tolerance = 1e-4;

    private static readonly GoldenTensors s_golden = GoldenTensors.Read("encoders.safetensors");

    private readonly ITextEncoders _encoders;

    public TextEncoderTests(TinyModel model) => _encoders = model.Open.TextEncoders;

    public static TheoryData<int> Cases => [.. GoldenFile.Read("encoders.json").EnumerateArray().Select(one => one.GetProperty("index").GetInt32())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hidden_states_and_the_pooled_vector_are_the_reference_s(int index)
    {
        var encoded = _encoders.Encode(ChunksOf(index), CancellationToken.None);

        Close.To(s_golden[$"{index}|te1"], [.. encoded.SelectMany(chunk => chunk.First)], Tolerance);
        Close.To(s_golden[$"{index}|te2"], [.. encoded.SelectMany(chunk => chunk.Second)], Tolerance);
        Close.To(s_golden[$"{index}|pooled"], encoded[0].Pooled, Tolerance);
    }

    [Fact]
    public void Chunks_together_are_what_they_are_alone()
    {
        var chunks = ChunksOf(3);
        var together = _encoders.Encode(chunks, CancellationToken.None);

        for (var i = 0; i < chunks.Count; i++)
        {
            var alone = _encoders.Encode([chunks[i]], CancellationToken.None)[0];
            Close.To(alone.First, together[i].First, 1e-5);
            Close.To(alone.Second, together[i].Second, 1e-5);
            Close.To(alone.Pooled, together[i].Pooled, 1e-5);
        }
    }

    [Fact]
    public void A_token_s_own_vector_in_its_place_changes_nothing()
    {
        var chunk = ChunksOf(1)[0];
        const int position = 4;
        var vector = new TokenVector(position, Row("conditioner.embedders.0.transformer.text_model.embeddings.token_embedding.weight", chunk.First[position]), Row("conditioner.embedders.1.model.token_embedding.weight", chunk.Second[position]));
        int[] blank = [.. chunk.First];
        blank[position] = 0;

        var plain = _encoders.Encode([chunk], CancellationToken.None)[0];
        var replaced = _encoders.Encode([chunk with { First = blank, Vectors = [vector] }], CancellationToken.None)[0];
        var unlike = _encoders.Encode([chunk with { First = blank }], CancellationToken.None)[0];

        Close.To(plain.First, replaced.First, 1e-6);
        Close.To(plain.Second, replaced.Second, 1e-6);
        Assert.NotEqual(plain.First, unlike.First);
    }

    [Fact]
    public void A_vector_in_one_chunk_leaves_the_others_alone()
    {
        var chunks = ChunksOf(3);
        var vector = new TokenVector(2, new float[_encoders.FirstWidth], new float[_encoders.SecondWidth]);

        var plain = _encoders.Encode(chunks, CancellationToken.None);
        var replaced = _encoders.Encode([chunks[0] with { Vectors = [vector] }, chunks[1]], CancellationToken.None);

        Close.To(plain[1].First, replaced[1].First, 1e-6);
        Assert.NotEqual(plain[0].First, replaced[0].First);
    }

    [Fact]
    public void Chunks_of_unequal_length_come_back_in_order()
    {
        var chunk = ChunksOf(1)[0];
        var cut = new EncoderChunk(chunk.First[..40], chunk.Second[..40], []);

        var encoded = _encoders.Encode([cut, chunk, cut], CancellationToken.None);

        Assert.Equal([40, 77, 40], encoded.Select(one => one.First.Length / _encoders.FirstWidth));
        // What comes later does not change a token: the mask is causal.
        Close.To(encoded[1].First.AsSpan(0, 40 * _encoders.FirstWidth), encoded[0].First, 1e-5);
    }

    [Fact]
    public void More_tokens_than_the_encoders_have_places_for_are_refused()
    {
        var long78 = new int[78];
        var refused = Assert.Throws<ModelException>(() => _encoders.Encode([new EncoderChunk(long78, long78, [])], CancellationToken.None));
        Assert.Equal("A chunk has 78 tokens, and the text encoders take 77", refused.Message);
    }

    [Fact]
    public void An_embedding_of_another_width_is_refused()
    {
        var chunk = ChunksOf(1)[0] with { Vectors = [new TokenVector(1, new float[768], new float[1280])] };
        Assert.Contains("768 and 1280", Assert.Throws<ModelException>(() => _encoders.Encode([chunk], CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_token_ends_it()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _encoders.Encode(ChunksOf(1), source.Token));
    }

    /// <summary>The chunks of a case; encoder 2 takes zeros behind the end of text.</summary>
    internal static List<EncoderChunk> ChunksOf(int index) =>
    [
        .. GoldenFile.Read("encoders.json")[index].GetProperty("tokens").EnumerateArray().Select(tokens =>
        {
            int[] first = [.. tokens.EnumerateArray().Select(token => token.GetInt32())];
            var end = Array.IndexOf(first, 49407);
            return new EncoderChunk(first, [.. first.Select((id, i) => i > end ? 0 : id)], []);
        }),
    ];

    private static float[] Row(string name, int row)
    {
        var tensor = TinyCheckpoint.Tensors.Single(one => one.Name == name);
        var width = tensor.Shape[1];
        var hash = Formula.Hash(name);
        return [.. Enumerable.Range(0, (int)width).Select(i => (float)(Half)Formula.Value(hash, (row * width) + i, tensor.Scale, tensor.Offset))];
    }
}
