using System.Text;
using CsCheck;

namespace Kohaku.Files.Tests;

public sealed class NetworkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_header_gives_metadata_and_places()
    {
        var header = Read("""{"__metadata__": {"a": "b"}, "y": {"dtype": "F32", "shape": [], "data_offsets": [4, 8]}, "x": {"dtype": "F16", "shape": [1, 2], "data_offsets": [0, 4]}}   """, 8);
        Assert.Equal("b", header.Metadata["a"]);
        Assert.Equal(["x", "y"], header.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(4, header.Tensors[1].Offset - header.Tensors[0].Offset);
    }

    [Theory]
    [InlineData("""{"x": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]}, "y": {"dtype": "F16", "shape": [2], "data_offsets": [2, 6]}}""", "tensors x and y overlap")]
    [InlineData("""{"x": {"dtype": "F16", "shape": [2], "data_offsets": [6, 10]}}""", "the data of tensor x lies outside the file")]
    [InlineData("""{"x": {"dtype": "F16", "shape": [2], "data_offsets": [4, 0]}}""", "the data of tensor x lies outside the file")]
    [InlineData("""{"x": {"dtype": "F16", "shape": [3], "data_offsets": [0, 4]}}""", "tensor x has 4 bytes, which is not its shape times its type")]
    [InlineData("""{"x": {"dtype": "F16", "shape": [9223372036854775807, 9223372036854775807, 4], "data_offsets": [0, 8]}}""", "tensor x has 8 bytes, which is not its shape times its type")]
    [InlineData("""{"x": {"dtype": "F16", "shape": [-2], "data_offsets": [0, 4]}}""", "tensor x lacks dtype, shape or data_offsets")]
    [InlineData("""{"x": {"dtype": "Q7", "shape": [2], "data_offsets": [0, 4]}}""", "tensor x has the unknown type Q7")]
    [InlineData("""{"x": 1}""", "tensor x is no object")]
    [InlineData("""{"__metadata__": {"a": 1}}""", "its metadata a is no string")]
    [InlineData("""{"__metadata__": {}, "__metadata__": {}}""", "tensor __metadata__ stands in its header twice")]
    [InlineData("""[]""", "its header is no JSON object")]
    [InlineData("""{"x" """, "its header is not JSON at byte 13")]
    public void A_hostile_header_is_refused(string json, string error)
    {
        Assert.False(SafetensorsHeader.TryRead(Write("x", json, 8), out _, out var problem));
        Assert.Equal($"no sound .safetensors file: {error}; get it again", problem.Message);
    }

    [Theory]
    [InlineData(100_000_001UL, "its header claims 100000001 bytes, more than 100000000")]
    [InlineData(ulong.MaxValue, "its header claims 18446744073709551615 bytes, more than 100000000")]
    [InlineData(1000UL, "its header claims 1000 bytes, the file has 10")]
    public void A_length_is_not_believed(ulong length, string error)
    {
        Assert.False(SafetensorsHeader.TryRead(folder.Write("x", [.. BitConverter.GetBytes(length), 1, 2]), out _, out var problem));
        Assert.Equal($"no sound .safetensors file: {error}; get it again", problem.Message);
    }

    [Fact]
    public void No_header_makes_it_throw() => Gen.String[Gen.Char["{}[]\":,x1-\\u "], 0, 40].Sample(text =>
    {
        var path = Write("x", "{\"x\": {\"dtype\": \"F16\", \"shape\": " + text + "}}", 4);
        return !SafetensorsHeader.TryRead(path, out _, out var problem) ? problem.Message.Length > 0 : true;
    }, threads: 1, iter: 500);

    [Theory]
    [InlineData("""{"__metadata__": {"ss_base_model_version": "sdxl_base_v1-0"}}""", BaseModel.Sdxl)]
    [InlineData("""{"__metadata__": {"ss_base_model_version": "sd_v1"}}""", BaseModel.Sd1)]
    [InlineData("""{"__metadata__": {"modelspec.architecture": "stable-diffusion-v2-768-v/lora"}}""", BaseModel.Sd2)]
    [InlineData("""{"__metadata__": {"ss_base_model_version": "flux1"}}""", BaseModel.Other)]
    [InlineData("""{"lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight": {"dtype": "U8", "shape": [1, 768], "data_offsets": [0, 768]}}""", BaseModel.Sd1)]
    [InlineData("""{"lora_unet_input_blocks_4_1_transformer_blocks_0_attn2_to_k.lora_down.weight": {"dtype": "U8", "shape": [1, 2048], "data_offsets": [0, 2048]}}""", BaseModel.Sdxl)]
    [InlineData("""{"lora_te2_text_model_encoder_layers_0_mlp_fc1.alpha": {"dtype": "U8", "shape": [], "data_offsets": [0, 1]}}""", BaseModel.Sdxl)]
    [InlineData("""{"x": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}}""", BaseModel.Unknown)]
    public void The_family_is_known_by_metadata_or_widths(string json, BaseModel family)
    {
        Assert.True(NetworkHeader.TryRead(Write("x.safetensors", json, 4096), out var network, out var problem), problem?.ToString());
        Assert.Equal(family, network.Base);
    }

    [Fact]
    public void Networks_are_found_by_name_in_all_folders()
    {
        folder.Write("a/style.safetensors", "");
        folder.Write("b/style.safetensors", "");
        folder.Write("b/deep/other.name.pt", "");
        folder.Write("b/readme.md", "");
        var problems = new List<FileProblem>();
        var networks = NetworkFolder.List([folder.Path("a"), folder.Path("b"), folder.Path("c")], problems.Add);
        Assert.Equal(["other.name", "style"], networks.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(folder.Path("a/style.safetensors"), networks["style"]);
        Assert.Equal(folder.Path("c"), Assert.Single(problems).Path);
    }

    [Fact]
    public void Links_between_folders_are_followed_once()
    {
        folder.Write("a/one.safetensors", "");
        folder.Write("elsewhere/two.safetensors", "");
        Directory.CreateSymbolicLink(folder.Path("a/more"), folder.Path("elsewhere"));
        Directory.CreateSymbolicLink(folder.Path("elsewhere/back"), folder.Path("a"));
        var networks = NetworkFolder.List([folder.Path("a")], problem => Assert.Fail(problem.ToString()));
        Assert.Equal(["one", "two"], networks.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(folder.Path("a/more/two.safetensors"), networks["two"]);
    }

    [Fact]
    public void A_mapped_file_is_its_bytes()
    {
        Assert.True(MappedFile.TryOpen(folder.Write("x", "abc"), out var file, out _));
        using (file) Assert.Equal("abc"u8, file.GetSpan());
        Assert.True(MappedFile.TryOpen(folder.Write("y", ""), out var empty, out _));
        using (empty) Assert.Equal(0, empty.Memory.Length);
        Assert.False(MappedFile.TryOpen(folder.Path("z"), out _, out var problem));
        Assert.Equal("no such file or directory; check the path", problem.Message);
        Assert.False(MappedFile.TryOpen(folder.Root, out _, out _));
    }

    private SafetensorsHeader Read(string json, int data)
    {
        Assert.True(SafetensorsHeader.TryRead(Write("x", json, data), out var header, out var problem), problem?.ToString());
        return header;
    }

    private string Write(string name, string json, int data)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return folder.Write(name, [.. BitConverter.GetBytes((ulong)bytes.Length), .. bytes, .. new byte[data]]);
    }
}
