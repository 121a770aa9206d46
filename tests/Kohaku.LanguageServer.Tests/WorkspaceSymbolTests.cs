using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class WorkspaceSymbolTests
{
    [Fact]
    public async Task Prompts_of_files_and_open_documents_are_found_by_their_first_line()
    {
        await using var client = await StartAsync();
        await client.OpenAsync("open.prompt", "# a note\r\n  1girl, sky\r\n---\r\n1boy\r\n");
        Assert.Equal(
            ["1girl, sky open.prompt 1:2-1:12", "1boy open.prompt 3:0-3:4", "1girl, smile a.prompt 0:0-0:12", "hatsune miku a.prompt 2:0-2:12"],
            await FindAsync(client, ""));
    }

    [Theory]
    [InlineData("miku", "hatsune miku")]
    [InlineData("HTSMK", "hatsune miku")]
    [InlineData("smil", "1girl, smile")]
    public async Task A_query_need_not_have_every_letter(string query, string found)
    {
        await using var client = await StartAsync();
        Assert.StartsWith(found, Assert.Single(await FindAsync(client, query)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fits_best_comes_first()
    {
        await using var client = await StartAsync();
        await client.OpenAsync("open.prompt", "s m i l e\n---\ndark smiles\n---\nsmile");
        Assert.Equal(
            ["smile open.prompt 4:0-4:5", "dark smiles open.prompt 2:0-2:11", "1girl, smile a.prompt 0:0-0:12", "s m i l e open.prompt 0:0-0:9"],
            await FindAsync(client, "smile"));
    }

    [Fact]
    public async Task A_file_that_changed_is_read_again()
    {
        await using var client = await StartAsync();
        Assert.Equal(2, (await FindAsync(client, "")).Length);
        Requests.WriteFile(client, "a.prompt", "another one altogether");
        Assert.StartsWith("another one altogether", Assert.Single(await FindAsync(client, "")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_are_given_than_a_list_can_show()
    {
        await using var client = await StartAsync();
        await client.OpenAsync("open.prompt", string.Join("\n---\n", Enumerable.Repeat("1girl", 1000)));
        Assert.Equal(256, (await FindAsync(client, "1girl")).Length);
    }

    private static Task<TestClient> StartAsync() => TestClient.StartAsync(prepare: client =>
    {
        Requests.WriteFile(client, "a.prompt", "1girl, smile\n---\nhatsune miku\n---\n# nothing\n");
        Requests.WriteFile(client, "notes.txt", "no prompt");
    });

    private static async Task<string[]> FindAsync(TestClient client, string query)
    {
        var found = await client.RequestAsync("workspace/symbol", new JsonObject { ["query"] = query });
        return [.. found!.AsArray().Select(symbol => $"{symbol!["name"]} {symbol["containerName"]} {Requests.Write(symbol["location"]!["range"]!)}")];
    }
}
