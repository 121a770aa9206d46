using Kohaku.Files;

namespace Kohaku.Jobs.Tests;

public sealed class WildcardListsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-wildcards-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lists_are_text_files_by_their_path_without_blank_lines_and_comments()
    {
        Write("hair/colour.txt", "red\n\n  # not this\n blue \n");
        Write("hair/length.txt", "long");
        Write("place.txt", "garden");
        var lists = new WildcardLists([_folder], problem => Assert.Fail(problem.ToString()));

        Assert.Equal(["red", "blue"], lists.Lines("hair/colour"));
        Assert.Equal(["red", "blue", "long"], lists.Lines("hair/*"));
        Assert.Null(lists.Lines("nope"));
        Assert.Empty(lists.Lines("nope*")!);
        Assert.Null(lists.Lines("../place"));
    }

    [Fact]
    public void A_folder_that_is_missing_is_told()
    {
        var told = new List<FileProblem>();
        Assert.Null(new WildcardLists([Path.Combine(_folder, "none")], told.Add).Lines("a"));
        Assert.Single(told);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.CreateText(path);
        file.Write(text);
    }
}
