using Kohaku.Generation.Models;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Generation.Tests.Graphs;
using Kohaku.Jobs;
using Kohaku.Syntax;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Tests.OnnxFolder;

public sealed class OnnxFolderModelTests
{
    private static readonly GoldenTensors Expected = GoldenTensors.Read("onnx.safetensors");

    [Theory]
    [InlineData("prompt", "positive")]
    [InlineData("negative", "negative")]
    public void The_encoders_say_what_the_reference_says(string text, string tensor)
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path, new CheckpointOptions { Device = DeviceKind.Cpu });
        Assert.Equal((128, 192, 160), (model.TextEncoders.FirstWidth, model.TextEncoders.SecondWidth, model.TextEncoders.PooledWidth));

        var encoded = Assert.Single(model.TextEncoders.Encode([Chunk(GoldenFile.Read("onnx/expected.json").GetProperty(text).GetString()!)], default));

        Close.To(Expected[tensor], Joined(encoded), 1e-4);
        Close.To(Expected[tensor + "_pooled"], encoded.Pooled, 1e-4);
    }

    [Fact]
    public void The_decoder_decodes_as_the_reference()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path, new CheckpointOptions { Device = DeviceKind.Cpu });
        Assert.Equal(0.13025, model.LatentScale);
        var latent = Array.ConvertAll(Expected["steps"][^(4 * 24 * 32)..], value => (float)(value / model.LatentScale));

        Close.To(Expected["decoded"], model.Decoder.Decode(latent, 24, 32, default), 1e-3);
    }

    [Fact]
    public void The_encoder_encodes_as_the_reference()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path, new CheckpointOptions { Device = DeviceKind.Cpu });
        var (mean, variance) = model.Encoder.Encode(Expected["image"], 128, 192, default);

        Close.To(Expected["encoded"], [.. mean, .. variance], 1e-3);
    }

    [Fact]
    public void A_batch_of_one_latent_is_each_condition_alone()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path, new CheckpointOptions { Device = DeviceKind.Cpu });
        var latent = Expected["steps"][..(4 * 24 * 32)];
        var (one, other) = (Condition("positive"), Condition("negative"));
        var both = new float[2 * latent.Length];
        var alone = new float[latent.Length];

        model.NoisePredictor.Predict(latent, 24, 32, 665.25f, new Conditions(2, 77, [.. one.Context, .. other.Context], [.. one.Pooled, .. other.Pooled], [.. one.TimeIds, .. other.TimeIds]), both, default);

        model.NoisePredictor.Predict(latent, 24, 32, 665.25f, one, alone, default);
        Close.To(alone, both.AsSpan(0, latent.Length), 1e-5);
        model.NoisePredictor.Predict(latent, 24, 32, 665.25f, other, alone, default);
        Close.To(alone, both.AsSpan(latent.Length), 1e-5);
    }

    [Fact]
    public void A_cancelled_call_says_so()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path, new CheckpointOptions { Device = DeviceKind.Cpu });
        Assert.Throws<OperationCanceledException>(() => model.NoisePredictor.Predict(new float[4 * 24 * 32], 24, 32, 1, Condition("positive"), new float[4 * 24 * 32], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Embeddings_are_refused()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path, new CheckpointOptions { Device = DeviceKind.Cpu });
        var error = Assert.Throws<ModelException>(() => model.TextEncoders.Encode([Chunk("1girl") with { Vectors = [new TokenVector(1, new float[128], new float[192])] }], default));
        Assert.Equal("a textual-inversion embedding cannot be used with an ONNX folder, whose text encoders take token ids only", error.Message);
    }

    private static Conditions Condition(string name) => new(1, 77, Expected[name], Expected[name + "_pooled"], [192, 256, 0, 0, 192, 256]);

    private static float[] Joined(EncodedChunk chunk)
    {
        var joined = new List<float>();
        for (var token = 0; token < 77; token++)
        {
            joined.AddRange(chunk.First.AsSpan(token * 128, 128));
            joined.AddRange(chunk.Second.AsSpan(token * 192, 192));
        }

        return [.. joined];
    }

    private static EncoderChunk Chunk(string text)
    {
        var tokenizer = Vocabulary.Tokenizer();
        WeightedText[] runs = [new WeightedText(text, 1)];
        return new EncoderChunk(
            Chunks.Of(runs, Dialect.ComfyUI, tokenizer).Chunks[0].Tokens, Chunks.Of(runs, Dialect.ComfyUI, tokenizer, ChunkPadding.Zero).Chunks[0].Tokens, []);
    }
}
