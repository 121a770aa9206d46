using System.Diagnostics;

namespace Kohaku.Tags.Tests;

/// <summary>Imports in processes of their own: this test program, started with <c>import</c>, is one.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _shipped;
    private readonly string _list;

    public ProcessTests()
    {
        _shipped = Small.Index(_folder);
        _list = _folder.Write("list.csv", string.Concat(Enumerable.Range(0, 60_000).Select(i => $"new_tag_{i},0,{i + 1},alias_{i}\n")));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_import_killed_at_any_moment_leaves_the_old_tags_or_the_new()
    {
        var store = new TagStore(_folder.File("store"), _shipped);
        foreach (var phase in (string[])["reading", "building the index", "writing the database", "done"])
        {
            using var import = Start();
            while (await import.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith(phase, StringComparison.Ordinal))
            {
            }

            import.Kill();
            await import.WaitForExitAsync();
            List<string> said = [];
            using var index = store.Open(said.Add);
            index.Verify();
            Assert.Empty(said);
            Assert.Equal(phase == "done", index.TryFind("new tag 59999", out _));
            Assert.True(index.TryFind("long hair", out _));
        }

        store.Import(new TagList(), ImportMode.Merge);
        Assert.DoesNotContain(Directory.GetFiles(store.Folder), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_imports_at_once_one_is_done_and_the_other_done_or_refused()
    {
        using var first = Start();
        using var second = Start();
        var outputs = await Task.WhenAll(first.StandardOutput.ReadToEndAsync(), second.StandardOutput.ReadToEndAsync());
        await first.WaitForExitAsync();
        await second.WaitForExitAsync();
        Assert.Contains(outputs, output => output.EndsWith("done\n", StringComparison.Ordinal));
        Assert.All(outputs, output => Assert.True(
            output.EndsWith("done\n", StringComparison.Ordinal) || output.Contains("another process is importing tags", StringComparison.Ordinal), output));
        using var index = new TagStore(_folder.File("store"), _shipped).Open();
        index.Verify();
        Assert.Equal(60_004, index.Count);
    }

    private Process Start() => Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
    {
        ArgumentList = { typeof(ProcessTests).Assembly.Location, "import", _folder.File("store"), _shipped, _list },
        RedirectStandardOutput = true,
    })!;
}
