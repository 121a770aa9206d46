using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class StatusTests
{
    [Fact]
    public async Task The_prompt_at_the_cursor_tells_its_tokens_and_findings()
    {
        await using var client = await TestClient.StartAsync();
        var status = await client.RequestAsync("kohaku/promptStatus", await client.OpenAtCursorAsync("a.prompt", "smile\n---\n1girl BREAK long_ha‸ir, card in mouth\nNegative prompt: smile, sky\n---\nsolo"));
        Assert.Equal(
            """{"profile":"Delta","tokens":82,"capacity":150,"chunks":2,"negativeTokens":3,"prompt":1,"prompts":3,"findings":2,"severity":2}""",
            status!.ToJsonString());
    }

    [Theory]
    [InlineData("‸", 0, 0)]
    [InlineData("1girl\n---‸\nsmile", 0, 2)]
    [InlineData("1girl\n---\n‸", 1, 0)]
    [InlineData("# kohaku: disable-file=weak-tag, unused-suppression\n1girl\n---\nsmile, ‸sky", 1, 3)]
    public async Task Every_place_belongs_to_a_prompt(string marked, int prompt, int tokens)
    {
        await using var client = await TestClient.StartAsync();
        var status = await client.RequestAsync("kohaku/promptStatus", await client.OpenAtCursorAsync("a.prompt", marked));
        Assert.Equal((prompt, tokens), (status!["prompt"]!.GetValue<int>(), status["tokens"]!.GetValue<int>()));
        Assert.True(status.AsObject().ContainsKey("negativeTokens"));
        Assert.Null(status["negativeTokens"]);
        Assert.Null(status["severity"]);
    }

    [Fact]
    public async Task The_server_tells_what_it_works_with()
    {
        await using var client = await TestClient.StartAsync(prepare: client => Requests.WriteFile(client, "kohaku.json", """{"profile":"kohaku-xl-epsilon"}"""));
        var status = await client.RequestAsync("kohaku/serverStatus", new JsonObject());
        Assert.Equal("Kohaku-XL Epsilon", status!["profile"]!.GetValue<string>());
        Assert.Equal("a1111", status["dialect"]!.GetValue<string>());
        Assert.Equal("shipped", status["database"]!["source"]!.GetValue<string>());
        Assert.InRange(status["database"]!["tags"]!.GetValue<int>(), 50_000, 1_000_000);
        Assert.Equal(Path.Combine(client.Folder, "kohaku.json"), status["configuration"]!.GetValue<string>());
        Assert.Equal("ready", status["state"]!.GetValue<string>());
        Assert.InRange(status["memory"]!.GetValue<long>(), 1_000_000, long.MaxValue);
    }

    [Fact]
    public async Task A_configuration_with_an_error_is_told()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            client.Expect("textDocument/publishDiagnostics");
            Requests.WriteFile(client, "kohaku.json", """{"profil":"x"}""");
        });
        var status = await client.RequestAsync("kohaku/serverStatus", new JsonObject());
        Assert.Equal("degraded", status!["state"]!.GetValue<string>());
        Assert.Contains("profil", status["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KHK004")]
    [InlineData("Weak-Tag")]
    public async Task A_rule_is_explained_by_id_or_name(string rule)
    {
        await using var client = await TestClient.StartAsync();
        var page = await client.RequestAsync("kohaku/explainRule", new JsonObject { ["rule"] = rule });
        Assert.Equal(("KHK004", "weak-tag", "info"), (page!["code"]!.GetValue<string>(), page["name"]!.GetValue<string>(), page["severity"]!.GetValue<string>()));
        Assert.StartsWith("# weak-tag (KHK004)\n", page["markdown"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_rule_is_not_explained()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Null(await client.RequestAsync("kohaku/explainRule", new JsonObject { ["rule"] = "weak" }));
    }
}
