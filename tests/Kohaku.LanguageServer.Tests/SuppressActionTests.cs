using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class SuppressActionTests
{
    [Theory]
    [InlineData("1girl, long_hair", "1girl, long_hair # kohaku: disable=underscore-in-tag")]
    [InlineData("1girl, long_hair  \r\nsolo", "1girl, long_hair # kohaku: disable=underscore-in-tag\r\nsolo")]
    [InlineData("1girl, long_hair # kohaku: disable=weak-tag", "1girl, long_hair # kohaku: disable=weak-tag, underscore-in-tag")]
    [InlineData("1girl, long_hair # mine\nblue_eyes", "# kohaku: disable=underscore-in-tag\n1girl, long_hair # mine\n# kohaku: enable=underscore-in-tag\nblue_eyes")]
    [InlineData("1girl, long_hair # mine", "# kohaku: disable=underscore-in-tag\n1girl, long_hair # mine\n# kohaku: enable=underscore-in-tag")]
    public async Task A_finding_is_silenced_on_its_line(string text, string expected)
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", text);
        var before = await CountAsync(client, uri);
        Assert.Equal(expected, CodeActionTests.Applied(text, await CodeActionTests.ActionsAsync(client, uri, (0, 9), (0, 9)), uri, "Suppress underscore-in-tag here"));
        await client.ChangeAsync(uri, 2, (0, 0), (99, 0), expected);
        Assert.Equal(before - 1, await CountAsync(client, uri));
    }

    [Fact]
    public async Task A_finding_in_parameters_is_silenced_on_the_line_before()
    {
        await using var client = await TestClient.StartAsync();
        const string text = "1girl\nNegative prompt: bad\nSteps: 0, Seed: 1, Size: 100x100";
        var uri = await client.OpenAsync("a.prompt", text);
        var found = (await client.DiagnosticsAsync(uri)).Count(item => item!["code"]!.GetValue<string>() == "KHK306");
        Assert.Equal(1, found);
        var fixedText = CodeActionTests.Applied(text, await CodeActionTests.ActionsAsync(client, uri, (2, 7), (2, 7)), uri, "Suppress invalid-parameter here");
        Assert.Equal("1girl\nNegative prompt: bad\n# kohaku: disable=invalid-parameter\nSteps: 0, Seed: 1, Size: 100x100", fixedText);
        await client.ChangeAsync(uri, 2, (0, 0), (99, 0), fixedText);
        Assert.DoesNotContain(await client.DiagnosticsAsync(uri), item => item!["code"]!.GetValue<string>() is "KHK306" or "KHK000");
    }

    [Theory]
    [InlineData("1girl, long_hair\n---\nblue_eyes", "# kohaku: disable-file=underscore-in-tag\n1girl, long_hair\n---\nblue_eyes")]
    [InlineData("# kohaku: disable-file=weak-tag\n1girl, long_hair", "# kohaku: disable-file=weak-tag, underscore-in-tag\n1girl, long_hair")]
    public async Task A_rule_is_silenced_in_the_file(string text, string expected)
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", text);
        var line = text.StartsWith('#') ? 1 : 0;
        Assert.Equal(expected, CodeActionTests.Applied(text, await CodeActionTests.ActionsAsync(client, uri, (line, 9), (line, 9)), uri, "Suppress underscore-in-tag in this file"));
        await client.ChangeAsync(uri, 2, (0, 0), (99, 0), expected);
        Assert.Equal(0, await CountAsync(client, uri));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Half_a_character_is_not_offered_to_a_configuration(bool isThere)
    {
        var capabilities = TestClient.Pulling();
        capabilities["workspace"]!["workspaceEdit"]!["resourceOperations"] = new JsonArray("create");
        await using var client = await TestClient.StartAsync(capabilities, prepare: client =>
        {
            if (isThere) client.Write("kohaku.json", "{}");
        });
        await client.SendAsync(RandomClient.RandomClient.OpenMessage(client.Uri("a.prompt"), 1, "1girl, blue \ud83d eeyes"));
        Assert.DoesNotContain(await CodeActionTests.ActionsAsync(client, client.Uri("a.prompt"), (0, 9), (0, 9)), action => action!["title"]!.GetValue<string>().Contains("allowed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", """{"tags": { "allow": ["blue eeyes"] }}""")]
    [InlineData("{\n  // mine\n  \"profile\": \"kohaku-xl-delta\"\n}\n", "{\n  // mine\n  \"tags\": { \"allow\": [\"blue eeyes\"] }, \"profile\": \"kohaku-xl-delta\"\n}\n")]
    [InlineData("{\n  \"tags\": {\n    \"allow\": [\n      \"x\" // why\n    ]\n  }\n}", "{\n  \"tags\": {\n    \"allow\": [\n      \"blue eeyes\",\n      \"x\" // why\n    ]\n  }\n}")]
    [InlineData("{ \"tags\": { \"allow\": \"x\" } }", "{ \"tags\": { \"allow\": [\"x\", \"blue eeyes\"] } }")]
    [InlineData("{ \"tags\": { \"extra\": [] } }", "{ \"tags\": { \"allow\": [\"blue eeyes\"], \"extra\": [] } }")]
    public async Task An_unknown_tag_is_allowed_by_the_configuration(string configuration, string expected)
    {
        await using var client = await TestClient.StartAsync(prepare: client => client.Write("kohaku.json", configuration));
        var uri = await client.OpenAsync("a.prompt", "1girl, blue eeyes");
        var action = CodeActionTests.Named(await CodeActionTests.ActionsAsync(client, uri, (0, 9), (0, 9)), "Add `blue eeyes` to the allowed tags");
        Assert.Null(action["edit"]!["documentChanges"]![0]!["textDocument"]!["version"]);
        Assert.True(action["edit"]!["documentChanges"]![0]!["textDocument"]!.AsObject().ContainsKey("version"));
        Assert.Equal(expected, Edits.Apply(configuration, Edits.Of(action["edit"], client.Uri("kohaku.json"))));
    }

    [Fact]
    public async Task A_configuration_is_made_where_there_is_none()
    {
        var capabilities = TestClient.Pulling();
        capabilities["workspace"]!["workspaceEdit"]!["resourceOperations"] = new JsonArray("create");
        await using var client = await TestClient.StartAsync(capabilities);
        var uri = await client.OpenAsync("a.prompt", "1girl, blue eeyes");
        var changes = CodeActionTests.Named(await CodeActionTests.ActionsAsync(client, uri, (0, 9), (0, 9)), "Add `blue eeyes` to the allowed tags")["edit"]!["documentChanges"]!;
        Assert.Equal("create", changes[0]!["kind"]!.GetValue<string>());
        Assert.Equal(client.Uri("kohaku.json"), changes[0]!["uri"]!.GetValue<string>());
        Assert.Equal("{\n  \"tags\": { \"allow\": [\"blue eeyes\"] }\n}\n", Edits.Apply("", changes[1]!["edits"]));
    }

    [Fact]
    public async Task Nothing_is_created_by_a_client_that_cannot()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, blue eeyes");
        Assert.DoesNotContain(await CodeActionTests.ActionsAsync(client, uri, (0, 9), (0, 9)), action => action!["title"]!.GetValue<string>().Contains("allowed", StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync(TestClient client, string uri) =>
        (await client.DiagnosticsAsync(uri)).Count(item => item!["code"]!.GetValue<string>() == "KHK001");
}
