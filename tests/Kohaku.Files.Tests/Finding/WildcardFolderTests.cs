namespace Kohaku.Files.Tests.Finding;

public sealed class WildcardFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-wild-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_list_is_named_by_its_path_below_the_folder()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "animals"));
        File.Create(Path.Combine(_folder, "animals", "cats.txt")).Dispose();
        File.Create(Path.Combine(_folder, "hair.v2.txt")).Dispose();
        File.Create(Path.Combine(_folder, "notes.md")).Dispose();
        Assert.Equal(["animals/cats", "hair.v2"], WildcardFolder.List([_folder], problem => Assert.Fail(problem.ToString())));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said()
    {
        var said = new List<FileProblem>();
        Assert.Empty(WildcardFolder.List([Path.Combine(_folder, "none")], said.Add));
        Assert.Single(said);
    }
}
