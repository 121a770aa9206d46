using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>
/// The server under a client that does everything at once. A longer run: <c>KOHAKU_RANDOM_STEPS=100000 KOHAKU_RANDOM_SEED=7</c>, also against the native program (<c>KOHAKU_LSP</c>).
/// </summary>
public sealed class RandomClientTests(ITestOutputHelper output)
{
    private const int Steps = 1500;

    [Theory]
    [InlineData(1, "utf-16")]
    [InlineData(2, "utf-16")]
    [InlineData(3, "utf-8")]
    public async Task Each_request_has_one_answer_about_the_text_it_was_sent_for(int seed, string encoding)
    {
        var capabilities = TestClient.Pulling();
        capabilities["general"] = new JsonObject { ["positionEncodings"] = new JsonArray(encoding) };
        await using var client = await TestClient.StartAsync(capabilities);
        client.Expect("textDocument/publishDiagnostics");
        var random = new RandomClient(client, seed + (1000 * Number("KOHAKU_RANDOM_SEED", 0)));
        await random.RunAsync(Number("KOHAKU_RANDOM_STEPS", Steps));
        foreach (var (method, count) in random.Answered.OrderBy(pair => pair.Key, StringComparer.Ordinal)) output.WriteLine($"{count,7} {method}");
        foreach (var (uri, text) in random.Open.Where(open => encoding == "utf-16" && open.Text.IsSound())) await SameAsTheCommandLineAsync(client, uri, text);
    }

    [Fact]
    public async Task A_client_that_was_killed_takes_the_server_along()
    {
        using var parent = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        await using var client = TestClient.Connect();
        await client.RequestAsync("initialize", new JsonObject { ["processId"] = parent.Id, ["rootUri"] = null, ["capabilities"] = new JsonObject() });
        parent.Kill();
        Assert.Equal(1, await client.Server.Ended.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    // What the editor shows part by part, edit by edit, is what the command line finds in the saved file.
    private static async Task SameAsTheCommandLineAsync(TestClient client, string uri, ModelText text)
    {
        var path = uri["file://".Length..];
        await File.WriteAllBytesAsync(path, System.Text.Encoding.UTF8.GetBytes(text.Text));
        var shown = (await client.DiagnosticsAsync(uri)).Select(item => Line(item!["code"]!, item["range"]!["start"]!, item["range"]!["end"]!, item["message"]!));
        var found = CommandLine.Lint(path).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item["code"]} {(int)item["line"]! - 1}:{(int)item["column"]! - 1}-{(int)item["endLine"]! - 1}:{(int)item["endColumn"]! - 1} {item["message"]}"));
        Assert.Equal(found, shown);

        static string Line(JsonNode code, JsonNode start, JsonNode end, JsonNode message) =>
            string.Create(CultureInfo.InvariantCulture, $"{code} {start["line"]}:{start["character"]}-{end["line"]}:{end["character"]} {message}");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
