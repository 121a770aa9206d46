using System.Text.RegularExpressions;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Security.Tests;

/// <summary>Nothing reaches out unless it is asked to: no socket of the internet is ever opened, and without any network all works alike.</summary>
public sealed partial class NetworkTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_command_and_no_editor_opens_a_socket_of_the_internet()
    {
        using var elsewhere = new Folder();
        Tour.Take(_folder, Watched(elsewhere["trace"]));

        Assert.Empty(Sockets(elsewhere["trace"]));
    }

    [Fact]
    public void No_image_is_made_and_no_device_is_looked_at_over_the_internet()
    {
        foreach (var command in (string[][])[["doctor"], ["gpu", "status"], ["models", "check", TinyCheckpoint.Path], ["generate", "-m", TinyCheckpoint.Path, "-p", "a", "--steps", "1", "--cfg", "1", "--size", "64x64"]])
        {
            var run = Program.Run(Program.Start(_folder.Root, Watched(_folder["trace"]), [], command));
            Assert.True(run.Code is 0 or 1, run.Error);
            Assert.Empty(Sockets(_folder["trace"]));
        }

        Assert.Single(Directory.GetFiles(_folder["out"]));
    }

    [Theory]
    [InlineData("gpu", "install", "--source", "http://127.0.0.1:1/index.json")]
    [InlineData("tags", "update")]
    public void What_is_asked_to_fetch_opens_one_and_says_in_one_error_that_there_is_no_network(params string[] command)
    {
        var run = Program.Run(Program.Start(_folder.Root, WithoutNetwork(_folder["trace"]), [], command));

        Assert.Equal(2, run.Code);
        Assert.Single(run.Error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.NotEmpty(Sockets(_folder["trace"]));
    }

    [Fact]
    public void Without_a_network_all_is_as_with_one()
    {
        using var elsewhere = new Folder();
        Assert.Equal(Tour.Take(_folder, []), Tour.Take(_folder, WithoutNetwork(elsewhere["trace"])));
    }

    // Children and threads are followed; each call is a line behind those of earlier runs.
    private static string[] Watched(string trace) => ["strace", "-f", "-qq", "-A", "-o", trace, "-e", "trace=socket,connect"];

    // A network namespace of its own has no interface that is up. Where a container may not make one, the system refuses every socket instead.
    private static string[] WithoutNetwork(string trace)
    {
        var probe = Program.Run(new System.Diagnostics.ProcessStartInfo("unshare", ["-rn", "true"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
        return probe.Code == 0
            ? [.. Watched(trace), "unshare", "-rn"]
            : [.. Watched(trace), "-e", "inject=socket:error=ENETDOWN"];
    }

    private static List<string> Sockets(string trace) => [.. File.ReadLines(trace).Where(line => Internet().IsMatch(line))];

    [GeneratedRegex("AF_INET|AF_NETLINK|AF_PACKET")]
    private static partial Regex Internet();
}
