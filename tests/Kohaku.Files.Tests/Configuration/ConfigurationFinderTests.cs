using System.Text;
using Kohaku.Files.Configuration;

namespace Kohaku.Files.Tests.Configuration;

public sealed class ConfigurationFinderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("kohaku-configuration-").FullName;
    private readonly ConfigurationFinder finder = new();

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void The_configuration_of_the_folder_itself_holds()
    {
        Write("a/kohaku.json", "{}"u8);
        Write("kohaku.json", "{}"u8);
        Assert.Equal(At("a/kohaku.json"), finder.Find(At("a")));
    }

    [Fact]
    public void Without_one_the_nearest_above_holds()
    {
        Write("kohaku.json", "{}"u8);
        Directory.CreateDirectory(At("a/b/c"));
        Assert.Equal(At("kohaku.json"), finder.Find(At("a/b/c")));
    }

    [Fact]
    public void A_folder_is_looked_at_once_until_it_is_forgotten()
    {
        Write("kohaku.json", "{}"u8);
        finder.Find(root);
        File.Delete(At("kohaku.json"));

        Assert.Equal(At("kohaku.json"), finder.Find(root));
        finder.Forget();
        Assert.NotEqual(At("kohaku.json"), finder.Find(root));
    }

    [Fact]
    public void A_folder_that_is_called_so_is_no_configuration()
    {
        Write("kohaku.json", "{}"u8);
        Directory.CreateDirectory(At("a/kohaku.json"));
        Assert.Equal(At("kohaku.json"), finder.Find(At("a")));
    }

    [Fact]
    public void Text_is_read_with_or_without_a_byte_order_mark()
    {
        Write("plain.json", "{}"u8);
        Write("utf8.json", [.. Encoding.UTF8.Preamble, .. "{}"u8]);
        Write("utf16.json", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{}")]);

        Assert.Equal("{}", ConfigurationText.Read(At("plain.json")).Text);
        Assert.Equal("{}", ConfigurationText.Read(At("utf8.json")).Text);
        Assert.Equal("{}", ConfigurationText.Read(At("utf16.json")).Text);
    }

    [Fact]
    public void What_is_not_there_says_so() =>
        Assert.Equal(new ConfigurationText(null, "no such file"), ConfigurationText.Read(At("none/kohaku.json")));

    [Fact]
    public void What_is_not_text_says_so()
    {
        Write("binary.json", [0x7B, 0xFF, 0xFE, 0x00]);
        Assert.Equal(new ConfigurationText(null, "the file is not UTF-8 text"), ConfigurationText.Read(At("binary.json")));
    }

    [Fact]
    public void A_folder_cannot_be_read() => Assert.Null(ConfigurationText.Read(root).Text);

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        using (var file = File.Create(At("large.json"))) file.SetLength(ConfigurationText.LargestFile + 1);
        Assert.Equal("the file has 16777217 bytes; a configuration has at most 16777216", ConfigurationText.Read(At("large.json")).Error);
    }

    private string At(string path) => Path.Combine(root, path);

    private void Write(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        using var file = File.Create(At(path));
        file.Write(content);
    }
}
