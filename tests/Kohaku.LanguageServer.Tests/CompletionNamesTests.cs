using System.Text;

namespace Kohaku.LanguageServer.Tests;

/// <summary>Names of files: networks, embeddings, wildcards.</summary>
public sealed class CompletionNamesTests
{
    private const string Configuration = """{"networks": ["lora"], "embeddings": ["emb"], "wildcards": ["wild"]}""";

    [Theory]
    [InlineData("1girl, <lora:‸", "1girl, <lora:Miku Style:1>")]
    [InlineData("1girl, <lora:mik‸>", "1girl, <lora:Miku Style:1>")]
    [InlineData("1girl, <lora:mik‸x:0.8>, smile", "1girl, <lora:Miku Style:0.8>, smile")]
    [InlineData("1girl, <lo‸", "1girl, <lora:Miku Style:1>")]
    [InlineData("1girl, <hypernet:sty‸", "1girl, <hypernet:Miku Style:1>")]
    [InlineData("(1girl, <lora:sty‸)", "(1girl, <lora:Miku Style:1>)")]
    public async Task Networks_of_the_configured_folders_are_offered(string marked, string expected)
    {
        await using var client = await StartAsync();
        Assert.Equal(expected, await client.AcceptAsync(marked));
    }

    [Fact]
    public async Task In_a_negative_prompt_a_network_is_not_offered()
    {
        await using var client = await StartAsync();
        Assert.DoesNotContain("Miku Style", await client.LabelsAsync("1girl\nNegative prompt: <lora:mik‸"));
    }

    [Fact]
    public async Task Files_of_a_workspace_that_nobody_trusts_are_not_looked_at()
    {
        await using var client = await TestClient.StartAsync(options: new() { ["trusted"] = false }, prepare: Prepare);
        Assert.Null(await client.ListAsync("1girl, <lora:‸"));
        Assert.NotNull(await client.ListAsync("1girl, smi‸"));
    }

    [Fact]
    public async Task An_embedding_is_offered_by_its_files_name()
    {
        await using var client = await StartAsync();
        Assert.Equal("1girl, embedding:Easy_Negative", await client.AcceptAsync("1girl, embedding:eas‸"));
        Assert.Equal("1girl\nNegative prompt: Easy_Negative", await client.AcceptAsync("1girl\nNegative prompt: easy‸", "Easy_Negative"));
    }

    [Theory]
    [InlineData("1girl, __‸", "1girl, __animals/cats__")]
    [InlineData("1girl, __cat‸__", "1girl, __animals/cats__")]
    [InlineData("1girl, a __cat‸ b", "1girl, a __animals/cats__ b")]
    public async Task A_wildcard_is_offered_by_its_path(string marked, string expected)
    {
        await using var client = await StartAsync();
        Assert.Equal(expected, await client.AcceptAsync(marked));
    }

    [Fact]
    public async Task Without_wildcards_two_underscores_are_a_tags()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal("long hair", (await client.LabelsAsync("1girl, long__hai‸"))[0]);
    }

    [Fact]
    public async Task With_a_network_in_the_prompt_the_tags_it_was_trained_on_rise()
    {
        await using var client = await StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, <lora:Miku Style:1>, \n---\n1girl, ");
        var labels = await Completing.UntilAsync(() => LabelsAsync(client, uri, 0, 28), labels => labels[0] == "mikustyle");
        Assert.Equal(["mikustyle", "twintails"], labels.Take(2));
        Assert.NotEqual("twintails", (await LabelsAsync(client, uri, 2, 7))[0]);
        Assert.Equal("mikustyle", (await client.LabelsAsync("1girl, <lora:Miku Style:1>, mikus‸"))[0]);
    }

    [Fact]
    public async Task A_network_is_documented_by_its_header()
    {
        await using var client = await StartAsync();
        var resolved = await client.RequestAsync("completionItem/resolve", (await client.CompleteAsync("<lora:‸"))[0]);
        Assert.Contains("Trained on: mikustyle, twintails, 1girl", resolved!["documentation"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static Task<TestClient> StartAsync() => TestClient.StartAsync(prepare: Prepare);

    private static void Prepare(TestClient client)
    {
        client.Write("kohaku.json", Configuration);
        client.Write("wild/animals/cats.txt", "tabby\n");
        client.Write("emb/Easy_Negative.pt", "");
        client.Write("lora/sub/Miku Style.safetensors", "");
        var header = Encoding.UTF8.GetBytes("""{"__metadata__":{"ss_tag_frequency":"{\"10_a\":{\"mikustyle\":20,\"1girl\":3},\"5_b\":{\"twintails\":12,\"1girl\":4}}"}}""");
        using var file = File.OpenWrite(Path.Combine(client.Folder, "lora/sub/Miku Style.safetensors"));
        file.Write(BitConverter.GetBytes((long)header.Length));
        file.Write(header);
    }

    private static async Task<string[]> LabelsAsync(TestClient client, string uri, int line, int character) =>
        [.. (await client.RequestAsync("textDocument/completion", TestClient.At(uri, line, character)))!["items"]!.AsArray().Select(Completing.Label)];
}
