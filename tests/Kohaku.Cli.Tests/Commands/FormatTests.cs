namespace Kohaku.Cli.Tests.Commands;

public sealed class FormatTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_rewritten_in_place()
    {
        var path = _folder.Write("a.prompt", "1girl ,smile,  hat\r\n");
        var run = _folder.Run("format", path);

        Assert.Equal((0, "", "1 file formatted, 0 unchanged\n"), (run.Code, run.Output, run.Error));
        Assert.Equal("1girl, smile, hat\r\n", _folder.Read("a.prompt"));
    }

    [Fact]
    public void Formatting_twice_changes_nothing_more()
    {
        var path = _folder.Write("a.prompt", "1girl ,smile,  hat\n");
        _folder.Run("format", path);

        Assert.Equal("1 file in form already\n", _folder.Run("format", path).Error);
    }

    [Fact]
    public void Check_names_the_files_and_writes_nothing()
    {
        _folder.Write("a.prompt", "1girl ,smile");
        _folder.Write("b.prompt", "1girl, smile");
        var run = _folder.Run("format", "--check", _folder.Path);

        Assert.Equal((1, "would change a.prompt\n", "1 file would change, 1 unchanged\n"), (run.Code, run.Output, run.Error));
        Assert.Equal("1girl ,smile", _folder.Read("a.prompt"));
    }

    [Fact]
    public void Diff_shows_the_change_and_writes_nothing()
    {
        var path = _folder.Write("a.prompt", "1girl ,smile\n");
        var run = _folder.Run("format", "--diff", path);

        Assert.Equal((0, "--- a.prompt\n+++ a.prompt\n@@ -1 +1 @@\n-1girl ,smile\n+1girl, smile\n"), (run.Code, run.Output));
        Assert.Equal("1girl ,smile\n", _folder.Read("a.prompt"));
    }

    [Fact]
    public void Standard_input_goes_to_standard_output()
    {
        var run = Cli.Run(["format", "-"], "1girl ,smile");

        Assert.Equal((0, "1girl, smile", ""), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public void A_range_leaves_the_rest_as_it_is() =>
        Assert.Equal("a ,b\na, b\na ,b\n", Cli.Run(["format", "-", "--range", "2:1-2:99"], "a ,b\na ,b\na ,b\n").Output);

    [Theory]
    [InlineData("2")]
    [InlineData("0:1-2:1")]
    [InlineData("a:b-c:d")]
    public void A_range_that_is_none_is_one_error(string range)
    {
        var run = Cli.Run(["format", "-", "--range", range], "a");

        Assert.Equal((2, $"error: --range: `{range}` is no range\n  = Write it as line:column-line:column, from 1: 3:1-5:1\n"), (run.Code, run.Error));
    }

    [Fact]
    public void A_file_that_is_no_text_is_one_error_and_the_rest_is_formatted()
    {
        _folder.Write("a.prompt", [0x80]);
        _folder.Write("b.prompt", "a ,b");
        var run = _folder.Run("format", _folder.Path);

        Assert.Equal((2, "a, b"), (run.Code, _folder.Read("b.prompt")));
        Assert.StartsWith("error: a.prompt:1: ", run.Error, StringComparison.Ordinal);
    }
}
