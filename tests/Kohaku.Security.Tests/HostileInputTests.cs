using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Kohaku.Files;

namespace Kohaku.Security.Tests;

/// <summary>Files made to cost much: each ends with findings, or with one error that says what to do, and in little memory.</summary>
public sealed class HostileInputTests : IDisposable
{
    private const int Million = 1_000_000;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zTXt", "parameters\0\0", 1)]
    [InlineData("iTXt", "parameters\0\u0001\0\0\0", 1)]
    [InlineData("zTXt", "parameters\0\0", 64)]
    public void Text_of_an_image_that_unpacks_to_a_gigabyte_is_one_error(string kind, string head, int times)
    {
        byte[] chunk = Chunk(kind, [.. Encoding.Latin1.GetBytes(head), .. Zeros(1 << 30)]);
        _folder.Write("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]), .. Enumerable.Repeat(chunk, times).SelectMany(it => it), .. Chunk("IEND", [])]);
        foreach (var command in (string[][])[["lint", "a.png"], ["generate", "--dry-run", "a.png"]])
        {
            var run = RunIn(256, command);
            Assert.Equal(2, run.Code);
            Assert.Contains($"a.png: the {kind} chunk at byte 33 unpacks to more than 16 MB; remove it from the image\n", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_image_to_start_from_that_says_it_has_many_pixels_is_one_error()
    {
        _folder.Write("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 6, 0, 0, 0]), .. Chunk("IDAT", Zeros(1 << 20)), .. Chunk("IEND", [])]);
        var run = RunIn(256, "generate", "--dry-run", "-p", "1girl", "--init", "a.png");

        Assert.Equal(2, run.Code);
        Assert.Contains("a.png: the file has a side above 16384 pixels\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", "a", ")")]
    [InlineData("(", "", "")]
    [InlineData("[", "a:b:0.5", "]")]
    [InlineData("[a|", "", "]")]
    [InlineData("{a|", "", "}")]
    [InlineData("<lora:", "", "")]
    public void Brackets_that_nest_a_million_deep_end(string open, string within, string close)
    {
        _folder.Write("kohaku.json", "{ \"dynamicPrompts\": true }");
        _folder.Write("a.prompt", string.Concat(Enumerable.Repeat(open, Million)) + within + string.Concat(Enumerable.Repeat(close, Million)));
        foreach (var command in (string[][])[["lint", "--statistics", "a.prompt"], ["format", "--check", "a.prompt"]])
        {
            var run = _folder.Run(command);
            Assert.True(run.Code is 0 or 1, run.Error);
        }
    }

    [Fact]
    public void An_editor_with_brackets_that_nest_a_hundred_thousand_deep_is_answered()
    {
        using var editor = new Editor(Program.Start(_folder.Root, [], [], "lsp", "--stdio"));
        editor.Initialize(_folder.Root);
        var uri = Editor.UriOf(_folder["a.prompt"]);
        editor.Open(uri, new string('(', 100_000) + "long_hair" + new string(')', 100_000));

        Assert.Contains(editor.Findings(uri), finding => finding!["code"]!.ToString() == "KHK001");
        Assert.NotNull(editor.About("textDocument/documentSymbol", uri));
        Assert.NotNull(editor.About("textDocument/foldingRange", uri));
        Assert.NotNull(editor.At("textDocument/hover", uri, 0, 100_003));
        Assert.Equal((0, ""), editor.Close());
    }

    public static TheoryData<string, string> Configurations => new()
    {
        { "{\"rules\":" + new string('[', Million), "kohaku.json:1:" },
        { string.Concat(Enumerable.Repeat("{\"rules\":", Million / 10)), "kohaku.json:1:" },
        { "{\"exclude\":[" + string.Join(',', Enumerable.Repeat($"\"{string.Concat(Enumerable.Repeat("*a", 50))}\"", 20_000)) + "]}", "" },
        { "{\"exclude\":[\"" + string.Concat(Enumerable.Repeat("{a,b}", 60)) + "\"]}", "" },
        { "{\"exclude\":[\"" + string.Concat(Enumerable.Repeat("**/*a", 60)) + "\"]}", "" },
        { "{\"extends\":\"/dev/zero\"}", "/dev/zero: a pipe or a device, not a file" },
        { "{\"extends\":\"kohaku.json\"}", "a configuration cannot extend itself" },
        { "{\"extends\":[" + string.Join(',', Enumerable.Repeat("\"fan1.json\"", 1000)) + "]}", "" },
        { "{\"profile\":\"/dev/zero\"}", "/dev/zero" },
        { "{\"tags\":{\"extra\":\"/dev/zero\"}}", "/dev/zero: cannot be read: a pipe or a device, not a file" },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_configuration_made_to_cost_is_read_or_told(string text, string told)
    {
        _folder.Write("kohaku.json", text);
        for (var i = 1; i < 4; i++) _folder.Write($"fan{i}.json", "{\"extends\":[" + string.Join(',', Enumerable.Repeat($"\"fan{i + 1}.json\"", 1000)) + "]}");
        _folder.Write("fan4.json", "{}");
        _folder.Write("a.prompt", "1girl, " + string.Concat(Enumerable.Repeat("a/", 50)));
        var run = RunIn(1024, "lint", ".");

        Assert.True(run.Code is 0 or 1 or 2, run.Error);
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_is_a_link_to_an_endless_device_is_told()
    {
        File.CreateSymbolicLink(_folder["kohaku.json"], "/dev/zero");
        _folder.Write("a.prompt", "1girl, smile");
        var run = RunIn(1024, "lint", ".");

        Assert.Contains("a pipe or a device, not a file", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Two gigabytes with <c>KOHAKU_LONG=1</c>.</summary>
    [Theory]
    [InlineData("lines")]
    [InlineData("jsonl")]
    public async Task A_line_without_an_end_costs_a_stream_no_memory(string kind)
    {
        var megabytes = Environment.GetEnvironmentVariable("KOHAKU_LONG") == "1" ? 2049 : 65;
        var start = Program.Start(_folder.Root, [], [("DOTNET_GCHeapHardLimit", $"{256L << 20:x}")], "lint", "--input", kind, "--format", "jsonl", "-");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        var block = Encoding.ASCII.GetBytes(new string('a', 1 << 20));
        for (var i = 0; i < megabytes; i++) await process.StandardInput.BaseStream.WriteAsync(block);
        await process.StandardInput.WriteAsync(kind == "lines" ? "\nlong_hair\n" : "\n{\"prompt\":\"long_hair\"}\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        string[] lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 2, await error);
        Assert.Equal("{\"line\":1,\"error\":\"the record is longer than 16 MB; split it\"}", lines[0]);
        Assert.Contains("\"fix\":\"long hair\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_goes_where_a_link_leads_that_was_named_and_images_never_over_what_is_there()
    {
        _folder.Write("elsewhere/report.json", "old");
        File.CreateSymbolicLink(_folder["report.json"], "elsewhere/report.json");
        _folder.Write("a.prompt", "long_hair");

        Assert.Equal(1, _folder.Run("lint", "--format", "json", "-o", "report.json", "a.prompt").Code);
        Assert.StartsWith("[", _folder.Read("elsewhere/report.json"), StringComparison.Ordinal);
        Assert.NotNull(new FileInfo(_folder["report.json"]).LinkTarget);

        _folder.Write("elsewhere/mine.png", "mine");
        File.CreateSymbolicLink(_folder["a.png"], "elsewhere/mine.png");
        File.CreateSymbolicLink(_folder["dangling.png"], "elsewhere/new.png");
        foreach (var image in (string[])["a.png", "dangling.png"])
            Assert.Equal(2, _folder.Run("generate", "-m", Kohaku.Generation.Tests.Golden.TinyCheckpoint.Path, "-p", "a", "--steps", "1", "--cfg", "1", "--size", "64x64", "--out", image).Code);
        Assert.Equal("mine", _folder.Read("elsewhere/mine.png"));
        Assert.False(File.Exists(_folder["elsewhere/new.png"]));
    }

    // The heap may not grow beyond so many megabytes.
    private Outcome RunIn(int megabytes, params string[] command) => Program.Run(Program.Start(_folder.Root, [], [("DOTNET_GCHeapHardLimit", $"{(long)megabytes << 20:x}")], command));

    private static byte[] Chunk(string kind, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(kind, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32.Of(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static byte[] Zeros(int count)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < count; i += block.Length) zlib.Write(block);
        }

        return packed.ToArray();
    }
}
