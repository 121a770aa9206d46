using System.Diagnostics;

namespace Kohaku.Cli.Tests.Commands;

/// <summary>What only a process of its own shows: pipes, signals, rights.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "kohaku.dll");
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_program_runs()
    {
        using var process = Start("--version");

        Assert.Matches(@"^kohaku \d+\.\d+\.\d+\n$", process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_error()
    {
        if (OperatingSystem.IsWindows()) return;

        _folder.Write("a.prompt", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"long_hair_{i}, ")));
        var run = Shell($"dotnet exec '{Program}' lint --format concise a.prompt | head -n 1");

        Assert.StartsWith("a.prompt:1:", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Standard_output_and_error_share_a_file()
    {
        if (OperatingSystem.IsWindows()) return;

        _folder.Write("a.prompt", "long_hair");
        Shell($"dotnet exec '{Program}' lint --format concise a.prompt > all.txt 2>&1");
        var lines = _folder.Read("all.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith("a.prompt:1:1: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("1 finding in 1 of 1 prompt", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_watching_with_0()
    {
        if (OperatingSystem.IsWindows()) return;

        _folder.Write("a.prompt", "smile");

        // Tests that run in the background of a shell inherit that Ctrl-C is ignored.
        using var process = OperatingSystem.IsLinux()
            ? Start("env", ["--default-signal=INT", "dotnet", "exec", Program, "lint", "--watch", _folder.Path])
            : Start("lint", "--watch", _folder.Path);
        Await(process, "watching");
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();

        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "it went on watching");
        Assert.Equal(0, process.ExitCode);
    }

    // .NET's watcher dies of it on Linux (dotnet/runtime#133420).
    [Fact]
    public void A_folder_that_is_moved_away_does_not_end_watching()
    {
        _folder.Write("watched/a.prompt", "smile");
        _folder.Write("other/b.prompt", "smile");
        using var process = Start("lint", "--watch", "--format", "concise", "watched");
        _ = process.StandardOutput.ReadToEndAsync();
        Await(process, "watching");

        Directory.Move(_folder["other"], _folder["watched/moved"]);
        Await(process, "1 prompt clean");
        Directory.Move(_folder["watched/moved"], _folder["other"]);
        _folder.Write("watched/a.prompt", "long_hair");

        Await(process, "1 finding in 1 of 1 prompt");
        process.Kill();
    }

    [Fact]
    public void Two_processes_that_fix_one_file_leave_it_whole()
    {
        _folder.Write("a.prompt", string.Concat(Enumerable.Repeat("long_hair\n---\n", 500)));
        using var first = Start("lint", "--fix", "--quiet", _folder["a.prompt"]);
        using var second = Start("lint", "--fix", "--quiet", _folder["a.prompt"]);
        first.WaitForExit();
        second.WaitForExit();

        Assert.Equal(string.Concat(Enumerable.Repeat("long hair\n---\n", 500)), _folder.Read("a.prompt"));
    }

    [Fact]
    public void A_file_that_is_read_only_stays_as_it_is_and_is_said()
    {
        if (OperatingSystem.IsWindows()) return;

        var path = _folder.Write("a.prompt", "long_hair");
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        var run = _folder.Run("lint", "--fix", path);

        Assert.Equal((2, "long_hair"), (run.Code, _folder.Read("a.prompt")));
        Assert.StartsWith("error: a.prompt: read-only", run.Error, StringComparison.Ordinal);
    }

    private static void Await(Process process, string beginning)
    {
        var end = Task.Delay(TimeSpan.FromMinutes(1));
        while (true)
        {
            var line = process.StandardError.ReadLineAsync();
            if (Task.WaitAny(line, end) == 1) Assert.Fail($"it did not say in a minute: {beginning}");
            if (line.Result is null) Assert.Fail($"it ended without saying: {beginning}");
            if (line.Result.StartsWith(beginning, StringComparison.Ordinal)) return;
        }
    }

    private Process Start(params string[] arguments) => Start("dotnet", ["exec", Program, .. arguments]);

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _folder.Path,
        };
        start.Environment["KOHAKU_DATA"] = _folder["data"];
        return Process.Start(start)!;
    }

    private Cli.Result Shell(string line)
    {
        using var process = Start("sh", ["-c", line]);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Cli.Result(process.ExitCode, output, error.Result.Split('\n').Any(l => l.StartsWith("error", StringComparison.Ordinal) || l.Contains("Exception", StringComparison.Ordinal)) ? error.Result : "");
    }
}
