using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class WorkspaceDiagnosticTests
{
    [Fact]
    public async Task Files_that_are_not_open_are_linted_and_open_ones_as_they_are_in_the_editor()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            client.Write("a.prompt", "1girl, long_hair");
            client.Write("b/c d.prompt", "1girl, smile");
            client.Write("b/e.txt", "1girl, long_hair");
        });
        await client.OpenAsync("a.prompt", "1girl");
        var items = await AskAsync(client);
        Assert.Equal([client.Uri("a.prompt"), client.Uri("b/c%20d.prompt")], items.Select(item => item!["uri"]!.GetValue<string>()).Order());
        Assert.All(items, item => Assert.Empty(item!["items"]!.AsArray()));
    }

    [Fact]
    public async Task What_the_client_has_is_not_sent_again()
    {
        await using var client = await TestClient.StartAsync(prepare: client => client.Write("a.prompt", "1girl, long_hair"));
        var first = Assert.Single(await AskAsync(client))!;
        Assert.Single(first["items"]!.AsArray());
        Assert.True(first.AsObject().ContainsKey("version"));
        var second = Assert.Single(await AskAsync(client, first))!;
        Assert.Equal("unchanged", second["kind"]!.GetValue<string>());
        client.Write("a.prompt", "1girl, long hair");
        Assert.Empty(Assert.Single(await AskAsync(client, first))!["items"]!.AsArray());
    }

    [Fact]
    public async Task The_findings_of_a_file_that_went_go_with_it()
    {
        await using var client = await TestClient.StartAsync(prepare: client => client.Write("a.prompt", "1girl, long_hair"));
        var first = Assert.Single(await AskAsync(client))!;
        File.Delete(Path.Combine(client.Folder, "a.prompt"));
        var second = Assert.Single(await AskAsync(client, first))!;
        Assert.Empty(second["items"]!.AsArray());
    }

    [Fact]
    public async Task Excluded_and_ignored_files_are_passed_over()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            client.Write("kohaku.json", """{"exclude":["old/**"]}""");
            client.Write(".kohakuignore", "drafts/\n");
            client.Write("old/a.prompt", "1girl, long_hair");
            client.Write("drafts/a.prompt", "1girl, long_hair");
        });
        Assert.Empty(await AskAsync(client));
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var client = await TestClient.StartAsync(
            options: JsonNode.Parse("""{"settings":{"diagnostics":{"workspace":false}}}""")!.AsObject(),
            prepare: client => client.Write("a.prompt", "1girl, long_hair"));
        Assert.Empty(await AskAsync(client));
    }

    [Fact]
    public async Task Portions_are_sent_to_a_client_that_takes_them()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            client.Expect("$/progress");
            for (var i = 0; i < 130; i++) client.Write($"{i:000}.prompt", "1girl, long_hair");
        });
        var answer = await client.RequestAsync("workspace/diagnostic", JsonNode.Parse("""{"previousResultIds":[],"partialResultToken":"p"}"""));
        Assert.Empty(answer!["items"]!.AsArray());
        await client.ReceivedAsync("$/progress", parameters => parameters!["token"]!.GetValue<string>() == "p" && parameters["value"]!["items"]!.AsArray().Count == 64);
        await client.ReceivedAsync("$/progress", parameters => parameters!["value"]!["items"]!.AsArray().Count == 2);
    }

    private static async Task<JsonArray> AskAsync(TestClient client, params JsonNode[] known)
    {
        var previous = new JsonArray([.. known.Select(item => new JsonObject { ["uri"] = item["uri"]!.DeepClone(), ["value"] = item["resultId"]!.DeepClone() })]);
        return (await client.RequestAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = previous }))!["items"]!.AsArray();
    }
}
