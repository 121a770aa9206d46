namespace Kohaku.LanguageServer.Tests;

public sealed class FoldingRangeTests
{
    [Fact]
    public async Task Prompts_sections_and_comments_of_more_than_one_line_fold() => Assert.Equal(
        ["0-7 region", "3-4 region", "0-1 comment", "6-7 region", "10-11 region"],
        await FoldsAsync("# a\n# b\n1girl\nsmile,\nsky\n# c\nNegative prompt: bad hands,\nmutated\n\n---\n1boy\nsolo\n---\none line"));

    [Theory]
    [InlineData("")]
    [InlineData("1girl")]
    [InlineData("1girl\r\n\r\n")]
    [InlineData("1girl\n---\nsmile\n---\n")]
    public async Task A_prompt_of_one_line_does_not(string text) => Assert.Empty(await FoldsAsync(text));

    [Fact]
    public async Task Lines_end_as_the_protocol_says() => Assert.Equal(["0-3 region", "1-3 region"], (await FoldsAsync("1girl,\r\nsmile,\rsky,\nsolo\r\n")).Order());

    private static async Task<string[]> FoldsAsync(string text)
    {
        await using var client = await TestClient.StartAsync();
        var folds = await client.RequestAsync("textDocument/foldingRange", Requests.Document(await client.OpenAsync("a.prompt", text)));
        return [.. folds!.AsArray().Select(fold => $"{fold!["startLine"]}-{fold["endLine"]} {fold["kind"]}")];
    }
}
