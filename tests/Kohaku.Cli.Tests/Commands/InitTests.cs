namespace Kohaku.Cli.Tests.Commands;

public sealed class InitTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_configuration_it_writes_has_no_problem()
    {
        Assert.Equal(0, _folder.Run("init").Code);
        var run = _folder.Run("lint", _folder.Write("a.prompt", "smile"));

        Assert.Equal(0, run.Code);
        Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_stays_as_it_is()
    {
        _folder.Write("kohaku.json", "{}");
        var run = _folder.Run("init");

        Assert.Equal((2, "{}"), (run.Code, _folder.Read("kohaku.json")));
        Assert.StartsWith("error: kohaku.json: is there already", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_made()
    {
        var run = _folder.Run("init", "new/library");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith("wrote new/library/kohaku.json\n", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["new/library/kohaku.json"]));
    }

    [Fact]
    public void A_file_in_a_folder_s_place_is_said()
    {
        _folder.Write("new", "");
        var run = _folder.Run("init", "new");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("error: new: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_shows_findings()
    {
        _folder.Run("init", "--sample");

        Assert.Equal(1, _folder.Run("lint", _folder["sample.prompt"]).Code);
    }

    [Fact]
    public void The_sample_is_clean_once_fixed()
    {
        _folder.Run("init", "--sample");

        Assert.Equal(0, _folder.Run("lint", "--fix", _folder["sample.prompt"]).Code);
    }
}
