using System.Text;
using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Clients_that_know_no_options_get_plain_flags()
    {
        await using var plain = await TestClient.StartAsync(new JsonObject());
        Assert.True(plain.Initialized["capabilities"]!["codeActionProvider"]!.GetValue<bool>());
        Assert.True(plain.Initialized["capabilities"]!["renameProvider"]!.GetValue<bool>());

        var knowing = (JsonObject)JsonNode.Parse("""{"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":[]}}},"rename":{"prepareSupport":true}}}""")!;
        await using var client = await TestClient.StartAsync(knowing);
        Assert.True(client.Initialized["capabilities"]!["codeActionProvider"]!["resolveProvider"]!.GetValue<bool>());
        Assert.True(client.Initialized["capabilities"]!["renameProvider"]!["prepareProvider"]!.GetValue<bool>());
    }

    [Fact]
    public async Task It_says_what_it_is()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal("kohaku", client.Initialized["serverInfo"]!["name"]!.GetValue<string>());
        Assert.Equal("utf-16", client.Initialized["capabilities"]!["positionEncoding"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_request_before_initialize_is_refused()
    {
        await using var client = TestClient.Connect();
        var answer = await client.AskAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = "file:///a.prompt" } });
        Assert.Equal(-32002, answer["error"]!["code"]!.GetValue<int>());
        await client.RequestAsync("initialize", new JsonObject { ["processId"] = null, ["rootUri"] = null, ["capabilities"] = new JsonObject() });
    }

    [Fact]
    public async Task A_request_after_shutdown_is_refused()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl");
        await client.RequestAsync("shutdown", null);
        var answer = await client.AskAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        Assert.Equal(-32600, answer["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_client_that_closes_its_side_behind_exit_has_left_in_order()
    {
        for (var i = 0; i < 20; i++)
        {
            await using var client = await TestClient.StartAsync();
            await client.RequestAsync("shutdown", null);
            await client.NotifyAsync("exit", null);
            await client.Server.Input.DisposeAsync();
            Assert.Equal(0, await client.Server.Ended);
        }
    }

    [Fact]
    public async Task Exit_without_shutdown_is_a_failure()
    {
        await using var client = await TestClient.StartAsync();
        await client.NotifyAsync("exit", null);
        Assert.Equal(1, await client.Server.Ended);
    }

    [Fact]
    public async Task The_end_of_the_input_ends_the_server()
    {
        await using var client = await TestClient.StartAsync();
        await client.Server.Input.DisposeAsync();
        Assert.Equal(1, await client.Server.Ended);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"s","method":"shutdown"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"s","method":"shutdown","params":null}""")]
    [InlineData("""{"jsonrpc":"2.0","params":{},"id":"s","method":"shutdown"}  """)]
    public async Task Parameters_may_be_missing_or_null(string message)
    {
        await using var client = await TestClient.StartAsync();
        var answer = await client.AskRawAsync("s", Encoding.UTF8.GetBytes($"Content-Length: {message.Length}\r\n\r\n{message}"));
        Assert.Null(answer["error"]);
        await client.NotifyAsync("exit", null);
        Assert.Equal(0, await client.Server.Ended);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"x\"")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("[1,[2]]")]
    [InlineData("[[]]")]
    public async Task Parameters_that_are_no_object_are_answered_to_whoever_asked(string parameters)
    {
        await using var client = await TestClient.StartAsync();
        var error = (await client.AskAsync("textDocument/hover", JsonNode.Parse(parameters)))["error"]!;
        Assert.Equal(-32602, error["code"]!.GetValue<int>());
        Assert.StartsWith("textDocument/hover: ", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(-32601, (await client.AskAsync("kohaku/none", JsonNode.Parse(parameters)))["error"]!["code"]!.GetValue<int>());
        Assert.Empty(client.Refusals);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"s"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"s","method":7}""")]
    [InlineData("""{"jsonrpc":7,"id":"s","method":"shutdown"}""")]
    public async Task What_is_no_request_is_refused_under_its_id(string message)
    {
        await using var client = await TestClient.StartAsync();
        var answer = await client.AskRawAsync("s", Encoding.UTF8.GetBytes($"Content-Length: {message.Length}\r\n\r\n{message}"));
        Assert.Equal(-32600, answer["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Wrong_parameters_are_said_to_be_so()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal(-32602, (await client.AskAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = 7 }))["error"]!["code"]!.GetValue<int>());
        Assert.Equal(-32602, (await client.AskAsync("textDocument/diagnostic", new JsonArray(1, 2)))["error"]!["code"]!.GetValue<int>());
        Assert.Equal(-32602, (await client.AskAsync("textDocument/diagnostic", null))["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_unknown_method_is_said_to_be_so()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal(-32601, (await client.AskAsync("textDocument/nothing", new JsonObject()))["error"]!["code"]!.GetValue<int>());
        await client.NotifyAsync("$/nothing", new JsonObject());
        await client.OpenAsync("a.prompt", "1girl");
        Assert.Empty(await client.DiagnosticsAsync(client.Uri("a.prompt")));
    }

    [Theory]
    [InlineData("Content-Length: 9\r\n\r\n{\"broken}")]
    [InlineData("Content-Length: 2\r\n\r\n[]")]
    [InlineData("Content-Length: 4\r\n\r\nnull")]
    [InlineData("Content-Length: 14\r\n\r\n{\"jsonrpc\":\"2\"")]
    [InlineData("Content-Length: 6\r\n\r\n{\"a\":\u00FF")]
    public async Task What_is_no_message_is_refused_and_the_next_is_read(string bytes)
    {
        await using var client = await TestClient.StartAsync();
        await client.SendRawAsync(Encoding.Latin1.GetBytes(bytes));
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair");
        Assert.Single(await client.DiagnosticsAsync(uri));
        Assert.True(client.Refusals.TryDequeue(out var refusal));
        Assert.Equal(-32700, refusal["error"]!["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("content-length: {0}\r\n\r\n")]
    [InlineData("Content-Length: {0}\n\n")]
    [InlineData("CONTENT-LENGTH:{0}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n")]
    [InlineData("stray line\r\nContent-Length: {0}\r\n\r\n")]
    [InlineData("\r\n\r\nContent-Length: {0}\r\n\r\n")]
    public async Task Headers_of_careless_clients_are_read(string header)
    {
        await using var client = await TestClient.StartAsync();
        var body = """{"jsonrpc":"2.0","id":"s","method":"shutdown"}""";
        var bytes = Encoding.ASCII.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, header, body.Length) + body);
        Assert.Null((await client.AskRawAsync("s", bytes))["error"]);
        await client.NotifyAsync("exit", null);
        Assert.Equal(0, await client.Server.Ended);
    }

    [Theory]
    [InlineData("workspace/diagnostic", """{"previousResultIds":[null]}""")]
    [InlineData("textDocument/codeAction", """{"textDocument":{"uri":"file:///a.prompt"},"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"context":{"diagnostics":[],"only":[null]}}""")]
    public async Task Null_among_elements_is_refused_like_any_wrong_value(string method, string parameters)
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal(-32602, (await client.AskAsync(method, JsonNode.Parse(parameters)))["error"]!["code"]!.GetValue<int>());
        await client.RequestAsync("kohaku/serverStatus", new JsonObject());
    }
}
