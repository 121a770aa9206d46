namespace Kohaku.LanguageServer.Tests;

public sealed class DocumentLinkTests
{
    [Fact]
    public async Task Known_tags_lead_to_the_wiki_when_asked()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, qqxyzzy, (blushing:1.2)\r\nNegative prompt: :3");
        var links = (await client.RequestAsync("textDocument/documentLink", Requests.Document(uri)))!.AsArray();
        Assert.Equal(["0:0-0:5", "0:17-0:25", "1:17-1:19"], links.Select(link => Requests.Write(link!["range"]!)));
        Assert.All(links, link => Assert.Null(link!["target"]));
        var resolved = await client.RequestAsync("documentLink/resolve", links[1]);
        Assert.Equal("https://danbooru.donmai.us/wiki_pages/blush", resolved!["target"]!.GetValue<string>());
        Assert.Equal("0:17-0:25", Requests.Write(resolved["range"]!));
    }

    [Fact]
    public async Task A_document_without_text_has_none()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Empty((await client.RequestAsync("textDocument/documentLink", Requests.Document(await client.OpenAsync("a.prompt", ""))))!.AsArray());
    }
}
