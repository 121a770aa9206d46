namespace Kohaku.Files.Tests;

public sealed class FileWalkerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<FileProblem> problems = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_directory_gives_what_can_only_be_prompts()
    {
        Make("a.prompt", "b/c.prompt", "b/styles.csv", "b/x.prompt.txt", "README.txt", "x.json", "x.png", "b/data.csv", "x.jsonl", ".kohaku-1-1.tmp");
        Assert.Equal(["a.prompt", "b/c.prompt", "b/styles.csv", "b/x.prompt.txt"], Walk(""));
    }

    [Fact]
    public void The_order_is_that_of_the_whole_paths()
    {
        Make("a/x.prompt", "a.prompt", "a0.prompt", "B.prompt", "a/b/y.prompt");
        Assert.Equal(["B.prompt", "a.prompt", "a/b/y.prompt", "a/x.prompt", "a0.prompt"], Walk(""));
    }

    [Fact]
    public void A_kind_that_is_asked_for_is_found()
    {
        Make("a.prompt", "b/c.png");
        Assert.Equal(["b/c.png"], Walk("", new WalkOptions { Input = InputKind.Png }));
    }

    [Fact]
    public void Ignore_files_of_all_levels_count()
    {
        Make("a.prompt", "drafts/b.prompt", "drafts/keep.prompt", "c/d.prompt", "c/old/e.prompt", "node_modules/f.prompt", ".git/g.prompt");
        folder.Write(".gitignore", "drafts/*\n!keep.prompt\nold/\n");
        folder.Write("drafts/.gitignore", "!keep.prompt");
        folder.Write("c/.kohakuignore", "d.prompt");
        Assert.Equal(["a.prompt", "drafts/keep.prompt"], Walk(""));
    }

    [Fact]
    public void The_repository_above_is_asked_too()
    {
        Make(".git/HEAD", "sub/a.prompt", "sub/b.prompt");
        folder.Write(".gitignore", "/sub/a.prompt");
        Assert.Equal(["b.prompt"], Walk("sub"));
    }

    [Fact]
    public void What_is_named_is_taken_whatever_is_ignored()
    {
        Make("a.prompt", "notes.md");
        folder.Write(".gitignore", "*");
        Assert.Equal(["a.prompt"], Walk("a.prompt"));
        Assert.Equal(["notes.md"], Walk("notes.md"));
    }

    [Fact]
    public void The_configuration_excludes_from_where_it_stands()
    {
        Make("a/x.prompt", "b/x.prompt", "c/b/y.prompt");
        Assert.Equal(["a/x.prompt", "c/b/y.prompt"], Walk("", new WalkOptions { Exclude = ["/b"], ExcludeRoot = folder.Root }));
    }

    [Fact]
    public void A_pattern_finds_names_of_all_kinds()
    {
        Make("a.txt", "b/c.txt", "b/d.prompt", "b/e/f.md");
        Assert.Equal(["a.txt", "b/c.txt"], Walk("**/*.txt"));
        Assert.Equal(["b/c.txt", "b/d.prompt"], Walk("b/*.{txt,prompt}"));
        Assert.Equal(["b/c.txt"], Walk("[!a]/?.txt"));
        Assert.Equal(["b/d.prompt", "b/e/f.md"], Walk("b/**/[df].*"));
        Assert.Empty(problems);
    }

    [Fact]
    public void A_name_that_looks_like_a_pattern_is_a_name_first()
    {
        Make("[a].prompt", "a.prompt");
        Assert.Equal(["[a].prompt"], Walk("[a].prompt"));
    }

    [Fact]
    public void What_does_not_exist_is_said_once_and_the_rest_goes_on()
    {
        Make("a.prompt");
        var found = new FileWalker(new WalkOptions(), problems.Add).Walk([folder.Path("no"), folder.Path("*.no"), folder.Path("a.prompt")]).ToList();
        Assert.Single(found);
        Assert.Equal(["no such file or directory; check the path", "no file matches this pattern; quote it if the shell has changed it"],
            problems.Select(problem => problem.Message));
    }

    [Fact]
    public void No_file_comes_twice()
    {
        Make("a.prompt", "b.prompt");
        Assert.Equal(2, new FileWalker(new WalkOptions(), problems.Add).Walk([folder.Path("b.prompt"), folder.Root, folder.Path("*.prompt")]).Count());
    }

    [Fact]
    public void A_link_that_leads_in_a_circle_is_not_followed()
    {
        Make("a/b.prompt");
        Directory.CreateSymbolicLink(folder.Path("a/again"), folder.Root);
        Assert.Equal(["a/b.prompt"], Walk(""));
    }

    [Fact]
    public void A_directory_without_rights_is_one_error_and_the_rest_goes_on()
    {
        if (OperatingSystem.IsWindows()) return;
        Make("a/x.prompt", "b.prompt");
        File.SetUnixFileMode(folder.Path("a"), UnixFileMode.None);
        var found = Walk("");
        File.SetUnixFileMode(folder.Path("a"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // Root reads it all the same.
        Assert.Equal(Environment.IsPrivilegedProcess ? ["a/x.prompt", "b.prompt"] : ["b.prompt"], found);
        Assert.Equal(Environment.IsPrivilegedProcess ? [] : [$"{folder.Path("a")}: this directory may not be read; change its rights or exclude it"],
            problems.Select(problem => problem.ToString()));
    }

    private void Make(params string[] names)
    {
        foreach (var name in names) folder.Write(name, "");
    }

    private string[] Walk(string path, WalkOptions? options = null)
    {
        var start = Directory.Exists(folder.Path(path)) ? folder.Path(path).TrimEnd('/') : folder.Root;
        return [.. new FileWalker(options ?? new WalkOptions(), problems.Add).Walk([path.Length == 0 ? folder.Root : folder.Path(path)])
            .Select(file => file.Path[(start.Length + 1)..])];
    }
}
