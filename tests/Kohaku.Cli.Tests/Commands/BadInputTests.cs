using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Kohaku.Cli.Tests.Commands;

/// <summary>What nobody should give a linter and somebody will: one clear error each, and the rest goes on.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lint", "--fix")]
    [InlineData("format", "--quiet")]
    public void A_pipe_in_a_folder_is_said_and_the_rest_goes_on(string command, string option)
    {
        if (OperatingSystem.IsWindows()) return;

        _folder.Write("a.prompt", "1girl , long hair");
        _folder.Write("z.prompt", "1girl , long_hair");
        using (var make = Process.Start("mkfifo", [_folder["x.prompt"]])) make.WaitForExit();
        var run = _folder.Run(command, option, _folder.Path);

        Assert.Equal(2, run.Code);
        Assert.Contains("error: x.prompt: a pipe or a device, not a file; ", run.Error, StringComparison.Ordinal);
        Assert.Equal(command == "lint" ? "1girl , long hair" : "1girl, long_hair", _folder.Read("z.prompt"));
    }

    [Theory]
    [InlineData("lint", "--fix")]
    [InlineData("format", "--quiet")]
    public void Utf16_without_its_mark_is_an_error_and_stays_as_it_is(string command, string option)
    {
        var bytes = new UnicodeEncoding(bigEndian: true, byteOrderMark: false).GetBytes("1girl , long_hair\n");
        var path = _folder.Write("a.prompt", bytes);
        var run = _folder.Run(command, option, path);

        Assert.Equal(2, run.Code);
        Assert.Contains("a.prompt:1: not text: every other byte is NUL", run.Error, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void Findings_in_an_image_have_no_fix_that_could_be_written()
    {
        var run = _folder.Run("lint", _folder.Write("x.png", Image("parameters\0long_hair"u8)));

        Assert.Equal(1, run.Code);
        Assert.Contains("x.png#parameters:1:1", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("1 finding in 1 of 1 prompt (", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_ComfyUI_is_linted_in_its_dialect()
    {
        var workflow = """{"1": {"class_type": "CLIPTextEncode", "inputs": {"text": "1girl BREAK smile"}}, "2": {"class_type": "KSampler", "inputs": {"positive": ["1", 0]}}}""";
        var path = _folder.Write("x.png", Image([.. "prompt\0"u8, .. Encoding.UTF8.GetBytes(workflow)]));
        using var json = JsonDocument.Parse(_folder.Run("lint", "--select", "KHK217", "--format", "json", path).Output);

        Assert.Equal("KHK217", Assert.Single(json.RootElement.EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public void Writing_a_baseline_shows_no_findings()
    {
        var run = _folder.Run("lint", _folder.Write("a.prompt", "long_hair"), "--write-baseline", "--baseline", _folder["known.json"]);

        Assert.Equal((0, ""), (run.Code, run.Output));
        Assert.Contains("1 finding written to ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_extends_a_folder_says_so()
    {
        _folder.Write("base/x", "");
        _folder.Write("kohaku.json", """{ "extends": "base" }""");
        var run = _folder.Run("lint", _folder.Write("a.prompt", "1girl"));

        Assert.Equal(0, run.Code);
        Assert.Contains("base: a directory, not a file; ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_is_a_pipe_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows()) return;

        using (var make = Process.Start("mkfifo", [_folder["kohaku.json"]])) make.WaitForExit();
        var run = _folder.Run("lint", _folder.Write("a.prompt", "1girl"));

        Assert.Equal(0, run.Code);
        Assert.Contains("kohaku.json: a pipe or a device, not a file", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tags", "import")]
    [InlineData("tags", "import", "--replace")]
    public void An_empty_list_of_tags_changes_nothing(params string[] command)
    {
        var run = _folder.Run([.. command, _folder.Write("empty.csv", "\n")]);

        Assert.Equal(2, run.Code);
        Assert.Contains("empty.csv: no tags in it, nothing was changed", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, _folder.Run("tags", "info", "long hair").Code);
    }

    [Fact]
    public void A_list_that_is_not_there_is_named_once()
    {
        var run = _folder.Run("tags", "import", _folder["no.csv"]);

        Assert.Equal((2, "error: no.csv: cannot be read: no such file\n"), (run.Code, run.Error));
    }

    // One pixel, one text. The checksum of the text is right, that of the rest is never looked at.
    private static byte[] Image(ReadOnlySpan<byte> text) =>
        [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR"u8, [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]), .. Chunk("tEXt"u8, text), .. Chunk("IEND"u8, [])];

    private static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. type, .. data];
        Span<byte> frame = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame[4..], Checksum(body));
        return [.. frame[..4], .. body, .. frame[4..]];
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1);
        }

        return ~sum;
    }
}
