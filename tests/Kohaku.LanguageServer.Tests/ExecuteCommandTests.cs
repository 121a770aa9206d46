using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class ExecuteCommandTests
{
    [Fact]
    public async Task All_commands_are_offered_and_each_answers_by_an_edit()
    {
        await using var client = await TestClient.StartAsync();
        const string text = "long_hair, smile BREAK ((solo (a))), pizza box, 1girl";
        var uri = await client.OpenAsync("a.prompt", text);
        JsonNode? sent = null;
        client.Answer("workspace/applyEdit", parameters =>
        {
            sent = parameters!.DeepClone();
            return new JsonObject { ["applied"] = true };
        });
        var commands = client.Initialized["capabilities"]!["executeCommandProvider"]!["commands"]!.AsArray().Select(command => command!.GetValue<string>()).ToList();
        Assert.Equal(12, commands.Count);
        foreach (var command in commands.Where(command => command is not ("kohaku.server.applyFix" or "kohaku.server.toA1111" or "kohaku.server.sortSections")))
        {
            sent = null;
            await RunAsync(client, command, uri, (0, 0), (0, 35));
            Assert.NotNull(sent);
            Assert.NotEqual(text, Edits.Apply(text, Edits.Of(sent["edit"], uri)));
        }
    }

    [Fact]
    public async Task An_edit_that_the_editor_refuses_is_an_error()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "smile");
        client.Answer("workspace/applyEdit", _ => new JsonObject { ["applied"] = false, ["failureReason"] = "read-only" });
        var error = await Assert.ThrowsAsync<ServerException>(() => RunAsync(client, "kohaku.server.raiseWeight", uri, (0, 0), (0, 0)));
        Assert.Equal("the editor did not apply the edit: read-only", error.Message);
    }

    [Fact]
    public async Task What_changes_nothing_sends_nothing()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, smile");
        Assert.Null(await RunAsync(client, "kohaku.server.sortSections", uri, (0, 0), (0, 0)));
    }

    [Theory]
    [InlineData("kohaku.server.fly", "[]")]
    [InlineData("kohaku.server.fixAll", "[]")]
    [InlineData("kohaku.server.fixAll", "[\"file:///b.prompt\", {\"start\":1}]")]
    public async Task Wrong_arguments_are_told(string command, string arguments)
    {
        await using var client = await TestClient.StartAsync();
        var answer = await client.AskAsync("workspace/executeCommand", new JsonObject { ["command"] = command, ["arguments"] = JsonNode.Parse(arguments) });
        Assert.Equal(-32602, answer["error"]!["code"]!.GetValue<int>());
    }

    private static Task<JsonNode?> RunAsync(TestClient client, string command, string uri, (int, int) start, (int, int) end) =>
        client.RequestAsync("workspace/executeCommand", new JsonObject { ["command"] = command, ["arguments"] = new JsonArray(uri, TestClient.Range(start, end)) });
}
