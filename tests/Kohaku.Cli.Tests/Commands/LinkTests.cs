namespace Kohaku.Cli.Tests.Commands;

/// <summary>Links in folders, which can lead anywhere: into the folder, out of it, to themselves.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lint", "--fix")]
    [InlineData("format")]
    public void A_link_that_leads_out_of_the_folder_is_not_written_through_unless_it_is_named(params string[] command)
    {
        if (OperatingSystem.IsWindows()) return;

        Link("library/a.prompt", "../mine.prompt");
        _folder.Write("mine.prompt", "long_hair ,smile");
        var run = _folder.Run([.. command, _folder["library"]]);

        Assert.Equal((2, "long_hair ,smile"), (run.Code, _folder.Read("mine.prompt")));
        Assert.Contains("error: library/a.prompt: a link that leads out of its folder, to mine.prompt: nothing was changed; name the link to change that file\n", run.Error, StringComparison.Ordinal);

        Assert.Equal(0, _folder.Run([.. command, _folder["library/a.prompt"]]).Code);
        Assert.NotEqual("long_hair ,smile", _folder.Read("mine.prompt"));
        Assert.NotNull(new FileInfo(_folder["library/a.prompt"]).LinkTarget);
    }

    [Fact]
    public void A_link_that_leads_out_by_a_folder_that_is_a_link_is_none_within()
    {
        if (OperatingSystem.IsWindows()) return;

        _folder.Write("mine/b.prompt", "long_hair");
        Link("library/out", "../mine");
        Link("library/a.prompt", "out/b.prompt");

        Assert.Equal(2, _folder.Run("lint", "--fix", _folder["library"]).Code);
        Assert.Equal("long_hair", _folder.Read("mine/b.prompt"));
    }

    [Fact]
    public void A_link_within_the_folder_is_followed_also_where_the_folder_itself_is_a_link()
    {
        if (OperatingSystem.IsWindows()) return;

        _folder.Write("library/b.txt", "long_hair");
        Link("library/a.prompt", "b.txt");
        Link("shelf", "library");

        Assert.Equal(0, _folder.Run("lint", "--fix", _folder["shelf"]).Code);
        Assert.Equal("long hair", _folder.Read("library/b.txt"));
    }

    [Fact]
    public void Links_in_circles_end()
    {
        if (OperatingSystem.IsWindows()) return;

        _folder.Write("library/own.prompt", "1girl, smile");
        Link("library/self", ".");
        Link("library/up", "../library");
        Link("library/one", "two");
        Link("library/two", "one");
        Link("library/a.prompt", "a.prompt");
        var run = _folder.Run("lint", _folder["library"]);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("error: library/a.prompt: a link that leads back to itself; remove it\n1 prompt clean (1 file failed", run.Error, StringComparison.Ordinal);
    }

    private void Link(string name, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.CreateSymbolicLink(_folder[name], target);
    }
}
