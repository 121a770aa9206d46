using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kohaku.Workspace;
using Xunit.Abstractions;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>
/// The server under a client that does everything at once. A longer run: <c>KOHAKU_RANDOM_STEPS=100000 KOHAKU_RANDOM_SEED=7</c>, also against the native program (<c>KOHAKU_LSP</c>);
/// <c>run.sh</c> beside this file does both.
/// </summary>
public sealed class RandomClientTests(ITestOutputHelper output)
{
    private const int Steps = 1500;
    private const int ShortCheckpoint = 250;
    private const int LongCheckpoint = 2000;

    [Theory]
    [InlineData(1, "utf-16", false)]
    [InlineData(2, "utf-16", true)]
    [InlineData(3, "utf-8", true)]
    public async Task Each_request_has_one_answer_about_the_text_it_was_sent_for(int seed, string encoding, bool isRich)
    {
        var kind = new ClientKind(encoding, isRich);
        RandomClient? random = null;
        await using var client = await TestClient.StartAsync(kind.Capabilities(pulls: true), kind.Options(), client => kind.Prepare(client, () => random?.Workspace.Settings ?? new JsonObject()));
        random = new RandomClient(client, kind, seed + (1000 * Number("KOHAKU_RANDOM_SEED", 0)));
        var steps = Number("KOHAKU_RANDOM_STEPS", Steps);
        var memory = new List<double>();
        var start = Stopwatch.GetTimestamp();
        await random.RunAsync(steps, Math.Clamp(steps / 6, ShortCheckpoint, LongCheckpoint), step =>
        {
            memory.Add(Memory(client));
            Say(string.Create(CultureInfo.InvariantCulture, $"step {step}, {random.Sent.Values.Sum()} messages, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, memory {memory[^1]:F0} MiB"));
        });
        Say(string.Create(CultureInfo.InvariantCulture, $"{random.Sent.Values.Sum()} messages, {random.Checkpoints} checkpoints, memory by tenths {string.Join(" ", memory.Select(m => m.ToString("F0", CultureInfo.InvariantCulture)))} MiB"));
        foreach (var (method, count) in random.Sent.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Say($"{count,7} {method}");

        // A leak of 100 bytes a message would show: the tenths in the middle have all caches full.
        if (steps >= 100_000) Assert.True(memory[7..].Average() < 1.25 * memory[2..5].Average(), "memory grows");
        foreach (var (uri, text) in random.Open.Where(open => encoding == "utf-16" && open.Text.IsSound() && open.Uri.StartsWith("file:", StringComparison.Ordinal)))
            await SameAsTheCommandLineAsync(client, uri, text);
    }

    [Fact]
    public async Task It_sends_every_message_that_the_server_knows()
    {
        var folder = Directory.CreateTempSubdirectory("kohaku-data-").FullName;
        var server = new Server(new Surroundings(_ => null, folder, _ => { }), "0.0.0-test", _ => { });
        await server.RunAsync(Stream.Null, Stream.Null);
        Directory.Delete(folder, recursive: true);
        var sent = RandomRequests.All.Select(kind => kind.Method).Concat(RandomClient.Notifications).Concat(["initialize", "initialized", "shutdown", "exit"]);
        Assert.Equal(server.Routes.Select(route => route.Method).Order(StringComparer.Ordinal), sent.Order(StringComparer.Ordinal));
    }

    // Where a frame's length is wrong nobody can say where the next one begins: the server reads on as long as something comes, and ends with the input.
    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}")]
    [InlineData("Content-Length: 5\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}")]
    [InlineData("Content-Length: 99999999999\r\n\r\n{}")]
    [InlineData("Content-Length: 2147483647\r\n\r\n{}")]
    [InlineData("Content-Length: -1\r\n\r\n{}")]
    [InlineData("Content-Length: 2\r\n")]
    [InlineData("Content-Le")]
    [InlineData("\0\0\0\0")]
    public async Task After_a_frame_that_never_ends_the_server_ends_with_its_input(string bytes)
    {
        await using var client = await TestClient.StartAsync();
        await client.RequestAsync("kohaku/serverStatus", new JsonObject());
        await client.SendRawAsync(Encoding.Latin1.GetBytes(bytes));
        await client.Server.Input.DisposeAsync();
        Assert.Equal(1, await client.Server.Ended.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.All(client.Refusals, refusal => Assert.Equal(-32700, refusal["error"]!["code"]!.GetValue<int>()));
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
        var path = Uri.UnescapeDataString(uri["file://".Length..]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(text.Text));
        var shown = (await client.DiagnosticsAsync(uri)).Select(item => Line(item!["code"]!, item["range"]!["start"]!, item["range"]!["end"]!, item["message"]!));
        var found = CommandLine.Lint(path).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item["code"]} {(int)item["line"]! - 1}:{(int)item["column"]! - 1}-{(int)item["endLine"]! - 1}:{(int)item["endColumn"]! - 1} {item["message"]}"));
        Assert.Equal(found, shown);

        static string Line(JsonNode code, JsonNode start, JsonNode end, JsonNode message) =>
            string.Create(CultureInfo.InvariantCulture, $"{code} {start["line"]}:{start["character"]}-{end["line"]}:{end["character"]} {message}");
    }

    // Of a server inside the test, the test's memory is counted along.
    private static double Memory(TestClient client)
    {
        var rollup = $"/proc/{client.Server.ProcessId ?? Environment.ProcessId}/smaps_rollup";
        var line = File.ReadLines(rollup).First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    // A run of an hour is watched while it lasts.
    private void Say(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("KOHAKU_RANDOM_REPORT") is { Length: > 0 } report) File.AppendAllText(report, line + "\n");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
