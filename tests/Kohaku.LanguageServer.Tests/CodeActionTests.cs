using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class CodeActionTests
{
    [Fact]
    public async Task A_safe_fix_is_preferred_and_carries_its_version()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair", version: 7);
        var action = Named(await ActionsAsync(client, uri, (0, 9), (0, 9)), "Write `long hair`", "Replace underscores with blanks", "Use blanks");
        Assert.Equal("quickfix", action["kind"]!.GetValue<string>());
        Assert.True(action["isPreferred"]!.GetValue<bool>());
        Assert.Equal("KHK001", action["diagnostics"]![0]!["code"]!.GetValue<string>());
        Assert.Equal(7, action["edit"]!["documentChanges"]![0]!["textDocument"]!["version"]!.GetValue<int>());
        Assert.Equal("1girl, long hair", Edits.Apply("1girl, long_hair", Edits.Of(action["edit"], uri)));
    }

    [Fact]
    public async Task A_weak_tag_offers_its_weights_and_only_the_first_is_preferred()
    {
        await using var client = await TestClient.StartAsync();
        const string text = "1girl, pizza box, card in mouth";
        var uri = await client.OpenAsync("a.prompt", text);
        var actions = await ActionsAsync(client, uri, (0, 8), (0, 8), only: "quickfix");
        Assert.Equal("1girl, (pizza box:1.5), card in mouth", Applied(text, actions, uri, "Emphasise by 1.5"));
        Assert.Equal("1girl, (pizza box:2), card in mouth", Applied(text, actions, uri, "Emphasise by 2"));
        Assert.Equal("1girl, (pizza box:2.5), card in mouth", Applied(text, actions, uri, "Emphasise by 2.5"));
        Assert.Equal("Emphasise by 1.5", Assert.Single(actions, action => action!["isPreferred"] is not null)!["title"]!.GetValue<string>());
        var all = await client.RequestAsync("codeAction/resolve", Named(actions, "Emphasise all weak tags"));
        Assert.Equal("1girl, (pizza box:1.5), (card in mouth:1.5)", Edits.Apply(text, Edits.Of(all!["edit"], uri)));
    }

    [Fact]
    public async Task Findings_are_those_of_the_version_that_is_open_whatever_the_client_sends_back()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair");
        var stale = await client.DiagnosticsAsync(uri);
        await client.ChangeAsync(uri, 2, (0, 0), (0, 0), "solo, ");
        var actions = await ActionsAsync(client, uri, (0, 14), (0, 14), diagnostics: stale);
        Assert.Equal("solo, 1girl, long hair", Edits.Apply("solo, 1girl, long_hair", Edits.Of(actions.First(action => action!["isPreferred"] is not null)!["edit"], uri)));
    }

    [Fact]
    public async Task All_findings_of_a_rule_are_fixed_at_once_in_every_part()
    {
        await using var client = await TestClient.StartAsync();
        const string text = "1girl, long_hair, smile, smile\r\n---\r\n1girl, blue_eyes";
        var uri = await client.OpenAsync("a.prompt", text);
        var action = Named(await ActionsAsync(client, uri, (0, 8), (0, 8)), "Fix all underscore-in-tag in this file");
        var resolved = await client.RequestAsync("codeAction/resolve", action);
        Assert.Equal("1girl, long hair, smile, smile\r\n---\r\n1girl, blue eyes", Edits.Apply(text, Edits.Of(resolved!["edit"], uri)));
    }

    [Fact]
    public async Task Source_actions_are_resolved_and_fixing_twice_is_fixing_once()
    {
        await using var client = await TestClient.StartAsync();
        const string text = "smile, long_hair, 1girl, smile\n---\n1girl, blue_eyes\n";
        const string expected = "1girl, smile, long hair\n---\n1girl, blue eyes\n";
        var uri = await client.OpenAsync("a.prompt", text);
        var action = Assert.Single(await ActionsAsync(client, uri, (0, 0), (3, 0), only: "source.fixAll"))!;
        Assert.Equal("source.fixAll.kohaku", action["kind"]!.GetValue<string>());
        Assert.Null(action["edit"]);
        var resolved = await client.RequestAsync("codeAction/resolve", action);
        Assert.Equal(expected, Edits.Apply(text, Edits.Of(resolved!["edit"], uri)));
        await client.ChangeAsync(uri, 2, (0, 0), (9, 0), expected);
        Assert.Empty(await ActionsAsync(client, uri, (0, 0), (3, 0), only: "source.fixAll"));
    }

    [Fact]
    public async Task Sections_are_sorted_in_the_whole_document()
    {
        await using var client = await TestClient.StartAsync();
        const string text = "smile, 1girl\n---\nsolo, 1boy";
        var uri = await client.OpenAsync("a.prompt", text);
        var action = Assert.Single(await ActionsAsync(client, uri, (0, 0), (0, 0), only: "source.sortSections.kohaku"))!;
        var resolved = await client.RequestAsync("codeAction/resolve", action);
        Assert.Equal("1girl, smile\n---\n1boy, solo", Edits.Apply(text, Edits.Of(resolved!["edit"], uri)));
    }

    [Fact]
    public async Task An_action_of_an_older_version_is_not_resolved()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair");
        var action = Assert.Single(await ActionsAsync(client, uri, (0, 0), (0, 0), only: "source.fixAll"));
        await client.ChangeAsync(uri, 2, (0, 0), (0, 0), "solo, ");
        Assert.Equal(-32801, (await client.AskAsync("codeAction/resolve", action))["error"]!["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("quickfix", "quickfix")]
    [InlineData("refactor", "refactor.rewrite")]
    [InlineData("refactor.rewrite", "refactor.rewrite")]
    [InlineData("source", "source.fixAll.kohaku")]
    public async Task Only_the_kinds_asked_for_are_given(string only, string kind)
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair");
        var actions = await ActionsAsync(client, uri, (0, 8), (0, 8), only: only);
        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Equal(kind, action!["kind"]!.GetValue<string>()));
        Assert.Empty(await ActionsAsync(client, uri, (0, 8), (0, 8), only: "quick"));
    }

    [Fact]
    public async Task An_editor_that_asks_on_its_own_at_a_cursor_gets_fixes_only()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair");
        Assert.All(await ActionsAsync(client, uri, (0, 8), (0, 8), trigger: 2), action => Assert.Equal("quickfix", action!["kind"]!.GetValue<string>()));
        Assert.Empty(await ActionsAsync(client, uri, (0, 2), (0, 2), trigger: 2));
        Assert.NotEmpty(await ActionsAsync(client, uri, (0, 0), (0, 5), trigger: 2));
    }

    [Theory]
    [InlineData("Wrap in emphasis", "(smile:1.1), (solo), miku (vocaloid)")]
    [InlineData("Raise the weight", "(smile:1.1), (solo), miku (vocaloid)")]
    [InlineData("Convert A1111 weights to ComfyUI", null)]
    public async Task Rewrites_are_offered_where_they_do_something(string title, string? expected)
    {
        await using var client = await TestClient.StartAsync();
        const string text = "smile, (solo), miku (vocaloid)";
        var uri = await client.OpenAsync("a.prompt", text);
        var actions = await ActionsAsync(client, uri, (0, 2), (0, 2), only: "refactor");
        if (expected is null) Assert.DoesNotContain(actions, action => action!["title"]!.GetValue<string>() == title);
        else Assert.Equal(expected, Applied(text, actions, uri, title));
    }

    [Fact]
    public async Task A_client_without_literals_gets_commands()
    {
        await using var client = await TestClient.StartAsync(JsonNode.Parse("""{"textDocument":{"diagnostic":{}},"workspace":{"applyEdit":true}}""")!.AsObject());
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair");
        var entries = await ActionsAsync(client, uri, (0, 8), (0, 8));
        Assert.All(entries, entry => Assert.StartsWith("kohaku.server.", entry!["command"]!.GetValue<string>(), StringComparison.Ordinal));
        JsonNode? sent = null;
        client.Answer("workspace/applyEdit", parameters =>
        {
            sent = parameters!.DeepClone();
            return new JsonObject { ["applied"] = true };
        });
        var fix = entries.First(entry => entry!["command"]!.GetValue<string>() == "kohaku.server.applyFix")!;
        await client.RequestAsync("workspace/executeCommand", new JsonObject { ["command"] = fix["command"]!.DeepClone(), ["arguments"] = fix["arguments"]!.DeepClone() });
        Assert.Equal("1girl, long hair", Edits.Apply("1girl, long_hair", Edits.Of(sent!["edit"], uri)));
    }

    [Fact]
    public async Task A_client_that_does_not_resolve_gets_edits_at_once()
    {
        await using var client = await TestClient.StartAsync(JsonNode.Parse("""{"textDocument":{"diagnostic":{},"codeAction":{"codeActionLiteralSupport":{}}}}""")!.AsObject());
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair");
        var action = Assert.Single(await ActionsAsync(client, uri, (0, 8), (0, 8), only: "source.fixAll"))!;
        Assert.Equal("1girl, long hair", Edits.Apply("1girl, long_hair", action["edit"]!["changes"]![uri]));
    }

    [Fact]
    public async Task A_refused_prompt_is_left_alone()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "loli, nude, long_hair\n---\n1girl, long_hair");
        Assert.Empty(await ActionsAsync(client, uri, (0, 14), (0, 14), only: "quickfix"));
        Assert.Empty(await ActionsAsync(client, uri, (0, 14), (0, 14), only: "refactor"));
        var action = Assert.Single(await ActionsAsync(client, uri, (2, 9), (2, 9), only: "source.fixAll"))!;
        var resolved = await client.RequestAsync("codeAction/resolve", action);
        Assert.Equal("loli, nude, long_hair\n---\n1girl, long hair", Edits.Apply("loli, nude, long_hair\n---\n1girl, long_hair", Edits.Of(resolved!["edit"], uri)));
    }

    [Fact]
    public async Task An_empty_document_has_nothing_to_do()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "");
        Assert.Empty(await ActionsAsync(client, uri, (0, 0), (4, 7)));
    }

    internal static async Task<JsonArray> ActionsAsync(
        TestClient client, string uri, (int, int) start, (int, int) end, string? only = null, int trigger = 1, JsonArray? diagnostics = null) =>
        (await client.RequestAsync("textDocument/codeAction", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri },
            ["range"] = TestClient.Range(start, end),
            ["context"] = new JsonObject
            {
                ["diagnostics"] = diagnostics?.DeepClone() ?? new JsonArray(),
                ["only"] = only is null ? null : new JsonArray(only),
                ["triggerKind"] = trigger,
            },
        }))!.AsArray();

    internal static JsonNode Named(JsonArray actions, params string[] titles) =>
        actions.FirstOrDefault(action => titles.Contains(action!["title"]!.GetValue<string>()))
        ?? throw new InvalidOperationException($"only: {string.Join("; ", actions.Select(action => action!["title"]))}");

    internal static string Applied(string text, JsonArray actions, string uri, string title) => Edits.Apply(text, Edits.Of(Named(actions, title)["edit"], uri));
}
