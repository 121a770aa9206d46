using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CsCheck;

namespace Kohaku.Files.Tests;

public sealed class PngTextsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Plain_packed_and_international_texts_are_read()
    {
        var texts = Read(Png(
            Chunk("tEXt", "a\0caf\u00e9"u8.ToArray()),
            Chunk("tEXt", [.. "b\0caf"u8, 0xE9]),
            Chunk("zTXt", [.. "c\0\0"u8, .. Pack("packed"u8)]),
            Chunk("iTXt", "d\0\0\0en\0D\0\u00e9\u4e2d"u8.ToArray()),
            Chunk("IDAT", new byte[100_000]),
            Chunk("iTXt", [.. "e\0\u0001\0\0\0"u8, .. Pack("\u4e2d"u8)])));
        Assert.Equal([("a", "caf\u00e9"), ("b", "caf\u00e9"), ("c", "packed"), ("d", "\u00e9\u4e2d"), ("e", "\u4e2d")], texts.Select(text => (text.Keyword, text.Text)));
    }

    [Fact]
    public void The_crc_is_that_of_the_specification() => Assert.Equal(0xAE426082u, Crc32.Of("IEND"u8));

    [Fact]
    public void A_file_that_is_no_image_says_so() => Assert.Equal("not a PNG image; its first bytes are not those of one", Problem("1girl"u8.ToArray()));

    [Fact]
    public void An_image_without_its_end_is_cut_short()
    {
        var whole = Png(Chunk("tEXt", "a\0b"u8.ToArray()));
        Assert.Equal($"the image ends at byte {whole.Length - 12} without an end chunk: it is cut short; copy it again", Problem(whole[..^12]));
    }

    [Fact]
    public void A_chunk_that_claims_more_than_the_file_has_is_named()
    {
        var png = Png(Chunk("tEXt", "a\0b"u8.ToArray()));
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(33), 4_000_000_000);
        Assert.Equal($"the tEXt chunk at byte 33 claims 4000000000 bytes, the file ends at byte {png.Length}: it is cut short; copy it again", Problem(png));
    }

    [Fact]
    public void A_text_that_was_damaged_on_its_way_is_named()
    {
        var png = Png(Chunk("tEXt", "a\0b"u8.ToArray()));
        png[43]++;
        Assert.Equal("the tEXt chunk at byte 33 is damaged (its checksum is wrong); copy the image again", Problem(png));
    }

    [Theory]
    [InlineData("zTXt", "a\0\0")]
    [InlineData("iTXt", "a\0\u0001\0\0\0")]
    public void A_text_that_unpacks_to_far_more_is_refused_with_little_memory(string type, string head)
    {
        var png = Png(Chunk(type, [.. Encoding.Latin1.GetBytes(head), .. Pack(new byte[64 << 20])]));
        Assert.Equal($"the {type} chunk at byte 33 unpacks to more than 16 MB; remove it from the image", Problem(png));
    }

    [Fact]
    public void A_text_that_does_not_unpack_is_named() =>
        Assert.Equal("the zTXt chunk at byte 33 can not be unpacked; save the image again", Problem(Png(Chunk("zTXt", "a\0\0nonsense"u8.ToArray()))));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_packed_text_that_ends_too_soon_is_no_shorter_text(int missing)
    {
        var packed = Pack(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(n => $"tag {n}, "))));
        Assert.Equal(
            "the zTXt chunk at byte 33 is cut short inside its packed text; save the image again",
            Problem(Png(Chunk("zTXt", [.. "a\0\0"u8, .. packed[..^missing]]))));
    }

    [Fact]
    public void A_large_packed_text_keeps_its_sum() =>
        Assert.Equal(4 << 20, Assert.Single(Read(Png(Chunk("zTXt", [.. "a\0\0"u8, .. Pack(Enumerable.Repeat((byte)'z', 4 << 20).ToArray())])))).Text.Length);

    [Fact]
    public void The_place_in_an_image_names_the_text()
    {
        var path = folder.Write("x.png", Png(Chunk("tEXt", "parameters\0one, two\nNegative prompt: bad\nSteps: 20"u8.ToArray())));
        var host = Open(path);
        var prompt = Assert.Single(host.Prompts);
        Assert.Equal(PromptForm.Infotext, prompt.Form);
        Assert.Equal($"{path}#parameters:2:18", $"{host.File.Path}:{host.Locate(prompt.Text, 26)}");
        Assert.False(host.CanRewrite);
    }

    [Fact]
    public void An_image_of_ComfyUI_gives_its_text_nodes()
    {
        var workflow = """{"1": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat"}}, "2": {"class_type": "KSampler", "inputs": {"positive": ["1", 0]}}}""";
        var host = Open(folder.Write("x.png", Png(Chunk("tEXt", [.. "prompt\0"u8, .. Encoding.UTF8.GetBytes(workflow)]))));
        Assert.Equal("a cat", Assert.Single(host.Prompts).Text.Text);
        Assert.EndsWith("x.png#prompt", host.File.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_without_texts_holds_no_prompts() => Assert.Empty(Open(folder.Write("x.png", Png())).Prompts);

    [Fact]
    public void No_damage_makes_it_throw()
    {
        var png = Png(Chunk("tEXt", "parameters\0x"u8.ToArray()), Chunk("zTXt", [.. "c\0\0"u8, .. Pack("packed"u8)]), Chunk("iTXt", "d\0\0\0\0\0x"u8.ToArray()));
        Gen.Select(Gen.Int[0, png.Length - 1], Gen.Byte, Gen.Int[0, png.Length]).Sample((at, value, length) =>
        {
            var damaged = png.ToArray();
            damaged[at] = value;
            var path = folder.Write("damaged.png", damaged[..length]);
            return PngTexts.TryRead(path, out _, out var problem) || problem.Message.Contains(';', StringComparison.Ordinal);
        }, threads: 1, iter: 500);
    }

    private IReadOnlyList<PngText> Read(byte[] png)
    {
        Assert.True(PngTexts.TryRead(folder.Write("x.png", png), out var texts, out var problem), problem?.ToString());
        return texts;
    }

    private string Problem(byte[] png)
    {
        Assert.False(PngTexts.TryRead(folder.Write("x.png", png), out _, out var problem));
        return problem.Message;
    }

    private static HostDocument Open(string path)
    {
        Assert.True(HostDocument.TryRead(path, InputKind.Auto, HostOptions.Default, out var host, out var problem), problem?.ToString());
        return host;
    }

    private static byte[] Png(params byte[][] chunks) =>
        [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]), .. chunks.SelectMany(chunk => chunk), .. Chunk("IEND", [])];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var frame = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), Crc32.Of(body));
        return [.. frame[..4], .. body, .. frame[4..]];
    }

    private static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var deflater = new ZLibStream(packed, CompressionLevel.Fastest)) deflater.Write(bytes);
        return packed.ToArray();
    }
}
