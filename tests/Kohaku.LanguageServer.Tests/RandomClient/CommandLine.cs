using System.Text.Json.Nodes;
using Kohaku.Cli;
using Kohaku.Cli.Terminal;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>The command line, inside the test process.</summary>
internal static class CommandLine
{
    /// <summary>What <c>kohaku lint</c> finds in a file.</summary>
    public static IEnumerable<JsonObject> Lint(string path)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var folder = Path.GetDirectoryName(path)!;
        var session = new Cli.Terminal.Session(
            () => Stream.Null, output, error, name => name == "KOHAKU_DATA" ? folder : null, Look.Plain, Look.Plain, () => false, folder, TimeProvider.System, () => CancellationToken.None);
        var code = Application.Run(["lint", "--format", "jsonl", path], session);
        Assert.True(code is 0 or 1, System.Text.Encoding.UTF8.GetString(error.ToArray()));
        return System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject());
    }
}
