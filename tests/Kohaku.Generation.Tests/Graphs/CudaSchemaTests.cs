using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Checkpoints;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Graphs;

/// <summary>
/// ONNX Runtime takes the CUDA dialect's graphs as far as it can without a card: every operator's schema is known, types and shapes fit throughout; then the processor has no kernel for some.
/// What those kernels compute is not tried here.
/// </summary>
public sealed class CudaSchemaTests(ScratchFolder folder) : IClassFixture<ScratchFolder>
{
    private static readonly string[] s_missing = ["NhwcConv", "GroupNorm", "SkipGroupNorm", "BiasSplitGelu"];

    public static TheoryData<string, int> Models => new()
    {
        { "UNet", (int)ElementType.Half }, { "UNet", (int)ElementType.Float }, { "decoder", (int)ElementType.Half }, { "decoder", (int)ElementType.Float }, { "encoder", (int)ElementType.Float },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Only_kernels_are_missing(string model, int compute)
    {
        // Wide enough for the gated GELU's operator.
        var path = folder.PathOf("wide.safetensors");
        if (!File.Exists(path)) folder.Write("wide.safetensors", SdxlManifest.Of(new SdxlSizes { Channels = 320, Multipliers = [1, 2], Depths = [1, 0], MiddleDepth = 1, Blocks = 1, VaeChannels = 32 }));
        var layers = new CudaLayers(new GraphBuilder(model, (ElementType)compute), Checkpoint.Open(path));
        var graph = model switch { "UNet" => UnetGraph.Of(layers), "decoder" => VaeGraph.OfDecoder(layers), _ => VaeGraph.OfEncoder(layers) };

        var refused = Assert.Throws<ModelException>(() => new SessionFactory(DeviceKind.Cpu, 0).Open(graph).Dispose());

        Assert.Matches($@"(Could not find an implementation|Failed to find kernel) for (com\.microsoft\.)?({string.Join('|', s_missing)})\(1\)", refused.Message);
    }

    [Fact]
    public void Text_encoders_in_fp16_open()
    {
        var checkpoint = Checkpoint.Open(TinyCheckpoint.Path);
        new SessionFactory(DeviceKind.Cpu, 0).Open(TextEncoderGraph.OfFirst(new CudaLayers(new GraphBuilder("first", ElementType.Half), checkpoint))).Dispose();
        new SessionFactory(DeviceKind.Cpu, 0).Open(TextEncoderGraph.OfSecond(new CudaLayers(new GraphBuilder("second", ElementType.Half), checkpoint))).Dispose();
    }
}
