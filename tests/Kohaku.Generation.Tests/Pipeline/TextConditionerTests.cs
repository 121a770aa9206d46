using System.Text.Json;
using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Generation.Pipeline;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Pipeline;

public sealed class TextConditionerTests : IDisposable
{
    private static readonly JsonElement Cases = GoldenFile.Read("encoders.json");
    private static readonly GoldenTensors Expected = GoldenTensors.Read("encoders.safetensors");

    private readonly CheckpointModel _model = CheckpointModel.Open(TinyCheckpoint.Path);

    public static TheoryData<int, string, string> Weighted
    {
        get
        {
            var data = new TheoryData<int, string, string>();
            foreach (var item in Cases.EnumerateArray())
                foreach (var mode in (ReadOnlySpan<string>)["original", "no-norm", "comfy"])
                    if (Expected.Has($"{item.GetProperty("index").GetInt32()}|{mode}")) data.Add(item.GetProperty("index").GetInt32(), item.GetProperty("text").GetString()!, mode);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Weighted))]
    public void A_text_is_weighted_as_the_reference_does(int index, string text, string mode)
    {
        Assert.True(JobNames.TryParse(mode, out EmphasisKind emphasis));
        var encoded = Conditioner(emphasis).Plan(text, 1, isNegative: false, null, default)[0].At(0);

        Near.Each(Expected[$"{index}|{mode}"], encoded.Context, 1e-4);
        Near.Each(Expected[$"{index}|{(mode == "comfy" ? "comfy-pooled" : "pooled")}"], encoded.Pooled, 1e-4);
    }

    [Fact]
    public void Weights_without_effect_are_as_if_none_were_written()
    {
        var plain = Context(EmphasisKind.NoNorm, "1girl, long hair");
        Assert.Equal(plain, Context(EmphasisKind.Ignore, "1girl, (long hair:1.4)"));
        Assert.NotEqual(plain, Context(EmphasisKind.NoNorm, "1girl, (long hair:1.4)"));
        Assert.NotEqual(plain, Context(EmphasisKind.None, "1girl, (long hair:1.4)"));
    }

    [Fact]
    public void An_empty_negative_prompt_is_zero_for_A1111_and_a_text_for_ComfyUI()
    {
        Assert.All(Conditioner(EmphasisKind.NoNorm).Plan("", 4, isNegative: true, null, default)[0].At(0).Context, value => Assert.Equal(0, value));
        Assert.Contains(Conditioner(EmphasisKind.Comfy).Plan("", 4, isNegative: true, null, default)[0].At(0).Context, value => value != 0);
    }

    [Theory]
    [InlineData(EmphasisKind.None, true)]
    [InlineData(EmphasisKind.Comfy, true)]
    [InlineData(EmphasisKind.None, false)]
    public void An_empty_negative_prompt_is_for_diffusers_what_the_models_index_says(EmphasisKind emphasis, bool isZero)
    {
        var conditioner = new TextConditioner(_model.TextEncoders, Vocabulary.Tokenizer(), NoVectors(), emphasis, SeedDialect.Diffusers, isZero);
        Assert.Equal(isZero, conditioner.Plan("", 4, isNegative: true, null, default)[0].At(0).Context.All(value => value == 0));
    }

    [Fact]
    public void Alternation_encodes_each_of_its_texts_once()
    {
        var counting = new CountingEncoders(_model.TextEncoders);
        var conditioner = new TextConditioner(counting, Vocabulary.Tokenizer(), NoVectors(), EmphasisKind.NoNorm, SeedDialect.A1111Cpu);
        var part = conditioner.Plan("[cat|dog] ears", 20, isNegative: false, null, default)[0];

        Assert.Equal(2, counting.Chunks);
        Assert.Same(part.At(1), part.At(3));
        Assert.NotSame(part.At(1), part.At(2));
        conditioner.Plan("[cat|dog] ears", 30, isNegative: false, null, default);
        Assert.Equal(2, counting.Chunks);
    }

    public void Dispose() => _model.Dispose();

    private float[] Context(EmphasisKind emphasis, string text) => Conditioner(emphasis).Plan(text, 1, isNegative: false, null, default)[0].At(0).Context;

    private TextConditioner Conditioner(EmphasisKind emphasis) => new(
        _model.TextEncoders, Vocabulary.Tokenizer(), NoVectors(), emphasis, emphasis == EmphasisKind.Comfy ? SeedDialect.Comfy : SeedDialect.A1111Cpu);

    private ITokenVectors NoVectors() => new TextualInversions([], _ => { }).For(Vocabulary.Tokenizer(), _model.TextEncoders);

    private sealed class CountingEncoders(ITextEncoders inner) : ITextEncoders
    {
        public int Chunks { get; private set; }

        public int FirstWidth => inner.FirstWidth;

        public int SecondWidth => inner.SecondWidth;

        public int PooledWidth => inner.PooledWidth;

        public IReadOnlyList<EncodedChunk> Encode(IReadOnlyList<EncoderChunk> chunks, CancellationToken cancellation)
        {
            Chunks += chunks.Count;
            return inner.Encode(chunks, cancellation);
        }
    }
}
