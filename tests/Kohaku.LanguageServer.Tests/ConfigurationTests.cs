using System.Text.Json.Nodes;
using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Tests;

public sealed class ConfigurationTests
{
    private const string Text = "1girl, long_hair, my oc";

    [Fact]
    public async Task The_configuration_beside_a_file_holds_for_it()
    {
        await using var client = await TestClient.StartAsync(prepare: client => client.Write("kohaku.json", """{"rules":{"KHK001":"none"}}"""));
        Assert.DoesNotContain("KHK001", await CodesAsync(client, await client.OpenAsync("a.prompt", Text)));
    }

    [Fact]
    public async Task Initialization_options_lie_over_it()
    {
        await using var client = await TestClient.StartAsync(
            options: JsonNode.Parse("""{"settings":{"rules":{"underscore-in-tag":"error"},"completion":{"usage":false},"profile":null}}""")!.AsObject(),
            prepare: client => client.Write("kohaku.json", """{"rules":{"KHK001":"none"}}"""));
        var found = (await client.DiagnosticsAsync(await client.OpenAsync("a.prompt", Text))).Single(item => item!["code"]!.GetValue<string>() == "KHK001")!;
        Assert.Equal(1, found["severity"]!.GetValue<int>());
    }

    [Fact]
    public async Task Settings_are_asked_for_where_the_client_can_be_asked()
    {
        var capabilities = TestClient.Pulling();
        capabilities["workspace"]!["configuration"] = true;
        var setting = "none";
        var asked = 0;
        await using var client = await TestClient.StartAsync(capabilities, prepare: client => client.Answer("workspace/configuration", parameters =>
        {
            asked++;
            Assert.Equal("kohaku", parameters!["items"]![0]!["section"]!.GetValue<string>());
            return JsonNode.Parse("[{\"rules\":{\"KHK001\":\"" + setting + "\"}}]");
        }));
        var uri = await client.OpenAsync("a.prompt", Text);
        await UntilAsync(client, uri, codes => !codes.Contains("KHK001"));
        setting = "warning";
        await client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = null });
        await UntilAsync(client, uri, codes => codes.Contains("KHK001"));
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("""{"settings":{"kohaku":{"rules":{"KHK001":"none"}}}}""")]
    [InlineData("""{"settings":{"rules":{"KHK001":"none"}}}""")]
    public async Task Settings_may_be_sent_along(string parameters)
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", Text);
        Assert.Contains("KHK001", await CodesAsync(client, uri));
        await client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse(parameters));
        await UntilAsync(client, uri, codes => !codes.Contains("KHK001"));
    }

    [Fact]
    public async Task Of_two_changes_that_are_read_side_by_side_the_later_one_stays()
    {
        var state = new ServerState(new Workspace.Surroundings(_ => null, Path.GetTempPath(), _ => { }));
        var client = new Client(_ => { });
        using var push = new DiagnosticPush(state, client, _ => { });
        using var reports = new ConfigurationReports(state, client);
        var settings = new SettingsClient(state, client, new Refresher(state, client, push, reports, "0.0.0-test"));
        var (first, second) = (settings.Turn(), settings.Turn());
        await settings.UseSentAsync(second, Sent("""{"tokenLimit":150}"""));
        await settings.UseSentAsync(first, Sent("""{"tokenLimit":225}"""));
        Assert.Equal("""{"tokenLimit":150}""", state.Current.Setup.Editor.LayerSource);

        static System.Text.Json.JsonElement Sent(string settings) => System.Text.Json.JsonSerializer.SerializeToElement(JsonNode.Parse(settings));
    }

    [Fact]
    public async Task A_configuration_that_turns_up_changes_and_goes_is_used_at_once()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", Text);
        Assert.Contains("KHK001", await CodesAsync(client, uri));
        client.Write("kohaku.json", """{"rules":{"KHK001":"none"}}""");
        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = client.Uri("kohaku.json"), ["type"] = 1 }) });
        await UntilAsync(client, uri, codes => !codes.Contains("KHK001"));
        File.Delete(Path.Combine(client.Folder, "kohaku.json"));
        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = client.Uri("kohaku.json"), ["type"] = 3 }) });
        await UntilAsync(client, uri, codes => codes.Contains("KHK001"));
    }

    [Fact]
    public async Task A_tag_list_is_read_again_when_it_changes_though_the_client_watches_nothing()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            client.Write("kohaku.json", """{"tags":{"extra":"mine.csv"},"sentences":"report"}""");
            client.Write("mine.csv", "other_oc,4,5000,\"\"\n");
        });
        var uri = await client.OpenAsync("a.prompt", "1girl, zzyzx qwv");
        await UntilAsync(client, uri, codes => codes.Contains("KHK002"));
        client.Write("mine.csv", "zzyzx_qwv,4,5000,\"\"\n");
        await UntilAsync(client, uri, codes => !codes.Contains("KHK002"));
    }

    [Fact]
    public async Task What_is_wrong_in_it_is_shown_there()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            client.Expect("textDocument/publishDiagnostics");
            client.Write("kohaku.json", "{\n  \"rules\": { \"weak-tags\": \"none\" }\n}");
        });
        var sent = await client.ReceivedAsync("textDocument/publishDiagnostics");
        Assert.Equal(client.Uri("kohaku.json"), sent!["uri"]!.GetValue<string>());
        var finding = Assert.Single(sent["diagnostics"]!.AsArray())!;
        Assert.Contains("weak-tag", finding["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, finding["range"]!["start"]!["line"]!.GetValue<int>());
        Assert.Equal(13, finding["range"]!["start"]!["character"]!.GetValue<int>());
        client.Write("kohaku.json", "{}");
        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = client.Uri("kohaku.json"), ["type"] = 2 }) });
        await client.ReceivedAsync("textDocument/publishDiagnostics", p => p!["diagnostics"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_said_and_the_rest_goes_on()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            client.Expect("window/showMessage");
            client.Write("kohaku.json", """{"tags":{"extra":"missing.csv"}}""");
        });
        var uri = await client.OpenAsync("a.prompt", Text);
        Assert.Contains("KHK001", await CodesAsync(client, uri));
        await client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"tokenLimit":150}}"""));
        await UntilAsync(client, uri, codes => codes.Contains("KHK001"));
        var shown = await client.ReceivedAsync("window/showMessage");
        Assert.Contains("missing.csv", shown!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_database_that_is_not_there_the_lists_are_used()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            client.Expect("window/showMessage");
            client.Write("kohaku.json", """{"tags":{"databases":"missing.db","extra":"mine.csv"},"sentences":"report"}""");
            client.Write("mine.csv", "zzyzx_qwv,4,5000,\"\"\n");
        });
        var uri = await client.OpenAsync("a.prompt", "1girl, zzyzx qwv, long_hair");
        var codes = await CodesAsync(client, uri);
        Assert.Contains("KHK001", codes);
        Assert.DoesNotContain("KHK002", codes);
        var shown = await client.ReceivedAsync("window/showMessage");
        Assert.Contains("missing.db", shown!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Networks_of_a_workspace_are_read_once_it_is_trusted()
    {
        await using var client = await TestClient.StartAsync(
            options: JsonNode.Parse("""{"trusted":false}""")!.AsObject(),
            prepare: client =>
            {
                Directory.CreateDirectory(Path.Combine(client.Folder, "nets"));
                client.Write("kohaku.json", """{"networks":["nets"]}""");
            });
        var uri = await client.OpenAsync("a.prompt", "1girl, <lora:none:1>");
        Assert.DoesNotContain("KHK218", await CodesAsync(client, uri));
        await client.NotifyAsync("kohaku/trustChanged", new JsonObject { ["trusted"] = true });
        Assert.Contains("KHK218", await CodesAsync(client, uri));
    }

    [Fact]
    public async Task The_client_is_asked_to_ask_again()
    {
        var capabilities = TestClient.Pulling();
        capabilities["workspace"]!["diagnostics"] = new JsonObject { ["refreshSupport"] = true };
        capabilities["workspace"]!["inlayHint"] = new JsonObject { ["refreshSupport"] = true };
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = await TestClient.StartAsync(capabilities, prepare: client =>
        {
            client.Answer("workspace/inlayHint/refresh", _ => null);
            client.Answer("workspace/diagnostic/refresh", _ =>
            {
                asked.TrySetResult();
                return null;
            });
        });
        await client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"rules":{"KHK001":"none"}}}"""));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task<HashSet<string>> CodesAsync(TestClient client, string uri) =>
        [.. (await client.DiagnosticsAsync(uri)).Select(item => item!["code"]!.GetValue<string>())];

    // A reload takes its time; asking again is what a client does.
    private static async Task UntilAsync(TestClient client, string uri, Func<HashSet<string>, bool> test)
    {
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        HashSet<string> codes;
        while (!test(codes = await CodesAsync(client, uri)))
            Assert.True(DateTime.UtcNow < end, $"the findings stayed {string.Join(", ", codes)}");
    }
}
