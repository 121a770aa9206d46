using System.Text;

namespace Kohaku.Files.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_many_who_create_one_file_one_wins_every_time()
    {
        var folder = Directory.CreateTempSubdirectory("kohaku-create-").FullName;
        for (var round = 0; round < 300; round++)
        {
            var path = Path.Combine(folder, $"{round}.png");
            var problems = new FileProblem?[8];
            Parallel.For(0, problems.Length, i => problems[i] = AtomicFile.Create(path, [(byte)i]));

            Assert.Equal(1, problems.Count(problem => problem is null));
            Assert.Equal(Array.FindIndex(problems, problem => problem is null), File.ReadAllBytes(path)[0]);
        }

        Assert.Equal(300, Directory.GetFiles(folder).Length);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_new_text_replaces_the_old_in_its_encoding()
    {
        var path = folder.Write("a.prompt", [0xFF, 0xFE, (byte)'a', 0]);
        Assert.Equal(ReplaceOutcome.Replaced, Read(path).Replace("b", out _));
        Assert.Equal([0xFF, 0xFE, (byte)'b', 0], File.ReadAllBytes(path));
        Assert.Equal(["a.prompt"], folder.Names());
    }

    [Fact]
    public void A_new_file_is_never_written_over_another_or_through_a_link()
    {
        Assert.Null(AtomicFile.Create(folder.Root + "/a.png", [1, 2]));
        Assert.Contains("exists, nothing was written", AtomicFile.Create(folder.Root + "/a.png", [3])!.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], File.ReadAllBytes(folder.Root + "/a.png"));
        File.CreateSymbolicLink(folder.Root + "/dangling.png", folder.Root + "/nothing");
        Assert.NotNull(AtomicFile.Create(folder.Root + "/dangling.png", [3]));
        Assert.False(File.Exists(folder.Root + "/nothing"));
        Assert.Contains("no such file or directory", AtomicFile.Create(folder.Root + "/none/a.png", [3])!.Message, StringComparison.Ordinal);
        Assert.Equal(["a.png", "dangling.png"], folder.Names().Order());
    }

    [Fact]
    public void A_file_that_changed_since_it_was_read_stays()
    {
        var path = folder.Write("a.prompt", "old");
        var file = Read(path);
        folder.Write("a.prompt", "other");
        Assert.Equal(ReplaceOutcome.ChangedSinceRead, file.Replace("new", out _));
        Assert.Equal("other", File.ReadAllText(path));
        Assert.Equal(["a.prompt"], folder.Names());
    }

    [Fact]
    public void Two_writers_lose_no_edit()
    {
        var path = folder.Write("a.prompt", "");
        Parallel.For(0, 2, writer =>
        {
            for (var i = 0; i < 50;)
            {
                var file = Read(path);
                if (file.Replace($"{file.Text}{writer}", out var problem) == ReplaceOutcome.Replaced) i++;
                Assert.Null(problem);
            }
        });
        Assert.Equal(100, Read(path).Text.Length);
        Assert.Equal(50, Read(path).Text.Count(unit => unit == '1'));
    }

    [Fact]
    public void A_read_only_file_stays_and_is_named()
    {
        var path = folder.Write("a.prompt", "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        Assert.Equal(ReplaceOutcome.Failed, Read(path).Replace("new", out var problem));
        Assert.Equal($"{path}: read-only, nothing was changed; make it writable or leave it out of the fix", problem!.ToString());
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.prompt"], folder.Names());
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_named_as_the_reason()
    {
        if (OperatingSystem.IsWindows()) return;

        var path = folder.Write("locked/a.prompt", "old");
        var file = Read(path);
        File.SetUnixFileMode(folder.Path("locked"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var outcome = file.Replace("new", out var problem);
        File.SetUnixFileMode(folder.Path("locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // No right keeps root away.
        Assert.Equal(Environment.IsPrivilegedProcess ? ReplaceOutcome.Replaced : ReplaceOutcome.Failed, outcome);
        Assert.Equal(Environment.IsPrivilegedProcess ? null : "no right to write in its folder, nothing was changed; change the folder's rights", problem?.Message);
        Assert.Equal(Environment.IsPrivilegedProcess ? "new" : "old", File.ReadAllText(path));
    }

    [Fact]
    public void A_pipe_is_no_file_to_replace()
    {
        if (OperatingSystem.IsWindows()) return;

        var outcome = AtomicFile.Replace(folder.MakePipe("x.prompt"), "x"u8, "y"u8, out var problem);
        Assert.Equal(ReplaceOutcome.Failed, outcome);
        Assert.StartsWith("a pipe or a device, not a file", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_one_error()
    {
        var outcome = AtomicFile.Replace(folder.Path("no/a.prompt"), "x"u8, "y"u8, out var problem);
        Assert.Equal((ReplaceOutcome.Failed, "no such file or directory; check the path"), (outcome, problem!.Message));
    }

    [Fact]
    public void Rights_stay()
    {
        if (OperatingSystem.IsWindows()) return;
        var path = folder.Write("a.prompt", "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Read(path).Replace("new", out _);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_link_stays_a_link_to_the_changed_file()
    {
        var target = folder.Write("real/a.prompt", "old");
        File.CreateSymbolicLink(folder.Path("link.prompt"), target);
        Assert.Equal(ReplaceOutcome.Replaced, Read(folder.Path("link.prompt")).Replace("new", out _));
        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(File.ResolveLinkTarget(folder.Path("link.prompt"), false));
    }

    [Fact]
    public void A_report_is_written_new_or_over_the_old()
    {
        Assert.Null(AtomicFile.Write(folder.Path("report.json"), "1"u8));
        Assert.Null(AtomicFile.Write(folder.Path("report.json"), "2"u8));
        Assert.Equal("2", File.ReadAllText(folder.Path("report.json")));
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Null(AtomicFile.Write("/dev/null", "x"u8));
        Assert.Empty(File.ReadAllBytes("/dev/null"));
    }

    [Theory]
    [InlineData(".kohaku-12-3.tmp", true)]
    [InlineData("kohaku-12-3.tmp", false)]
    [InlineData(".kohakuignore", false)]
    public void What_a_killed_run_leaves_is_known(string name, bool isLeftover) => Assert.Equal(isLeftover, AtomicFile.IsLeftover(name));

    [Fact]
    public void What_a_killed_run_left_goes_with_the_next_file_that_is_written_beside_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".kohaku-12-3.tmp", "half");
        folder.Write("mine.tmp", "mine");
        Assert.Null(AtomicFile.Write(folder.Path("a.json"), "x"u8));
        Assert.Equal(["a.json", "mine.tmp"], folder.Names());
    }

    [Fact]
    public void What_is_being_written_is_not_taken_for_what_a_killed_run_left()
    {
        using var folder = new TemporaryFolder();
        using (var unfinished = UnfinishedFile.Create(folder.Root))
        {
            AtomicFile.RemoveLeftovers(folder.Root);
            Assert.True(File.Exists(unfinished.Path));
            unfinished.MoveTo(folder.Path("a.png"));
        }

        Assert.Equal(["a.png"], folder.Names());
    }

    private static TextFile Read(string path)
    {
        Assert.True(TextFile.TryRead(path, out var file, out var problem), problem?.ToString());
        return file;
    }
}
