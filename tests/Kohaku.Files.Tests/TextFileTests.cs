using System.Text;
using CsCheck;

namespace Kohaku.Files.Tests;

public sealed class TextFileTests
{
    [Fact]
    public void Utf8_is_read_as_it_is() => Assert.Equal("1girl, \u00e9\r\nb\rc\n", Decode("1girl, \u00e9\r\nb\rc\n"u8.ToArray()).Text);

    [Fact]
    public void A_byte_order_mark_is_no_text() => Assert.Equal("a", Decode([0xEF, 0xBB, 0xBF, (byte)'a']).Text);

    [Fact]
    public void Utf16_is_known_by_its_mark()
    {
        Assert.Equal("ab", Decode([0xFF, 0xFE, (byte)'a', 0, (byte)'b', 0]).Text);
        Assert.Equal("ab", Decode([0xFE, 0xFF, 0, (byte)'a', 0, (byte)'b']).Text);
    }

    [Fact]
    public void NUL_is_text() => Assert.Equal("a\0b", Decode([(byte)'a', 0, (byte)'b']).Text);

    [Fact]
    public void A_lone_surrogate_in_utf16_is_kept()
    {
        var file = Decode([0xFF, 0xFE, 0x00, 0xD8, (byte)'a', 0]);
        Assert.Equal("\uD800a", file.Text);
        Assert.Equal([0xFF, 0xFE, 0x00, 0xD8, (byte)'a', 0], file.Encode(file.Text));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_one_error_with_offset_and_line() =>
        Assert.Equal("x.prompt:2: not text: byte 0xFF at offset 3 is no UTF-8; save the file as UTF-8, or as UTF-16 with a byte-order mark",
            Problem([(byte)'a', (byte)'b', (byte)'\n', 0xFF, (byte)'c']));

    [Fact]
    public void Utf16_cut_in_the_middle_of_a_unit_is_an_error() =>
        Assert.Equal("x.prompt:1: not text: UTF-16 of an odd number of bytes (3), the file is cut short; save it again", Problem([0xFF, 0xFE, 0x41]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Utf16_without_its_mark_is_an_error_and_no_text_of_NULs(bool bigEndian) =>
        Assert.Equal(
            "x.prompt:1: not text: every other byte is NUL, so this is UTF-16 without a byte-order mark; save the file as UTF-8, or with the mark",
            Problem(new UnicodeEncoding(bigEndian, byteOrderMark: false).GetBytes("1girl, ←, long_hair\n")));

    [Fact]
    public void Some_NULs_are_no_utf16() => Assert.Equal("a\0b\0, c, d, e, f", Decode("a\0b\0, c, d, e, f"u8.ToArray()).Text);

    [Fact]
    public void Whatever_decodes_encodes_to_the_same_bytes() => Gen.Byte.Array.Select(Gen.Int[0, 3]).Sample((bytes, mark) =>
    {
        byte[][] marks = [[], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]];
        byte[] all = [.. marks[mark], .. bytes];
        return !TextFile.TryDecode("x", all, out var file, out _) || file.Encode(file.Text).AsSpan().SequenceEqual(all);
    });

    [Fact]
    public void Text_of_any_encoding_survives() => Gen.String.Select(Gen.Enum<TextEncoding>()).Sample((text, encoding) =>
    {
        var clean = encoding < TextEncoding.Utf16LittleEndian ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
        if (clean.StartsWith('\uFEFF') || clean.StartsWith('\uFFFE')) return true;

        var file = Decode(TextCodec.Encode(clean, encoding));
        return file.Text == clean && (clean.Length == 0 || file.Encoding == encoding);
    });

    [Fact]
    public void A_missing_file_is_one_error()
    {
        using var folder = new TemporaryFolder();
        Assert.False(TextFile.TryRead(folder.Path("no.prompt"), out _, out var problem));
        Assert.Equal("no such file or directory; check the path", problem.Message);
    }

    [Fact]
    public void A_directory_is_no_file()
    {
        using var folder = new TemporaryFolder();
        Assert.False(TextFile.TryRead(folder.Root, out _, out var problem));
        Assert.StartsWith("a directory, not a file", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_in_a_folder_is_refused_and_not_waited_for()
    {
        if (OperatingSystem.IsWindows()) return;

        using var folder = new TemporaryFolder();
        folder.MakePipe("x.prompt");
        folder.MakePipe("y.png");
        var found = new FileWalker(new WalkOptions(), _ => { }).Walk([folder.Root]).Append(new FoundFile(folder.Path("y.png"), InputKind.Png));
        Assert.All(found, file =>
        {
            Assert.False(HostDocument.TryRead(file, HostOptions.Default, out _, out var problem));
            Assert.StartsWith("a pipe or a device, not a file; ", problem.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_pipe_that_is_named_is_read_to_its_end()
    {
        if (OperatingSystem.IsWindows()) return;

        using var folder = new TemporaryFolder();
        var path = folder.MakePipe("x.prompt");
        var written = Task.Run(() =>
        {
            using var pipe = new FileStream(path, FileMode.Open, FileAccess.Write);
            pipe.Write("long_hair"u8);
        });
        var file = Assert.Single(new FileWalker(new WalkOptions(), _ => { }).Walk([path]));
        Assert.True(HostDocument.TryRead(file, HostOptions.Default, out var document, out var problem), problem?.ToString());
        await written;
        Assert.Equal("long_hair", document.File.Text);
    }

    [Fact]
    public void A_large_file_is_read_whole()
    {
        using var folder = new TemporaryFolder();
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(n => $"tag {n}, "));
        Assert.True(TextFile.TryRead(folder.Write("large.prompt", text), out var file, out _));
        Assert.Equal(text, file.Text);
    }

    private static TextFile Decode(byte[] bytes)
    {
        Assert.True(TextFile.TryDecode("x.prompt", bytes, out var file, out var problem), problem?.ToString());
        return file;
    }

    private static string Problem(byte[] bytes)
    {
        Assert.False(TextFile.TryDecode("x.prompt", bytes, out _, out var problem));
        return problem.ToString();
    }
}
