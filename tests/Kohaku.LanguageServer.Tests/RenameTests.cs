using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class RenameTests
{
    [Theory]
    [InlineData("1girl, (long ‸hair:1.2)", "long hair", 8, 17)]
    [InlineData("1girl, hatsune miku \\(vocaloid\\)‸", "hatsune miku (vocaloid)", 7, 32)]
    [InlineData("1girl, <lora:my ‸style:0.8>", "my style", 13, 21)]
    public async Task The_tag_under_the_cursor_can_be_renamed(string marked, string placeholder, int start, int end)
    {
        await using var client = await TestClient.StartAsync();
        var result = await client.RequestAsync("textDocument/prepareRename", await client.OpenAtCursorAsync("a.prompt", marked));
        Assert.Equal(placeholder, result!["placeholder"]!.GetValue<string>());
        Assert.Equal((start, end), (result["range"]!["start"]!["character"]!.GetValue<int>(), result["range"]!["end"]!["character"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("1girl, # long ‸hair")]
    [InlineData("1girl\nSteps: 2‸0, Seed: 1")]
    [InlineData("‸")]
    public async Task Elsewhere_there_is_nothing_to_rename(string marked)
    {
        await using var client = await TestClient.StartAsync();
        var place = await client.OpenAtCursorAsync("a.prompt", marked);
        Assert.Null(await client.RequestAsync("textDocument/prepareRename", place));
        place["newName"] = "smile";
        Assert.Equal(-32803, (await client.AskAsync("textDocument/rename", place))["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_tag_is_renamed_in_all_parts_open_documents_and_files_but_the_excluded()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            client.Write("kohaku.json", """{ "exclude": ["drafts/"] }""");
            client.Write("sub/on disk.prompt", "long_hair\r\n");
            client.Write("open.prompt", "on disk it says long hair");
            client.Write("drafts/x.prompt", "long hair");
            client.Write("notes.txt", "long hair");
        });
        var open = await client.OpenAsync("open.prompt", "solo, (long hair:1.2)", version: 5);
        var place = await client.OpenAtCursorAsync("a.prompt", "long ‸hair, 1girl\nNegative prompt: long_hair\n---\nLong Hair");
        place["newName"] = "miku (vocaloid)";
        var edit = await client.RequestAsync("textDocument/rename", place);
        Assert.Equal(3, edit!["documentChanges"]!.AsArray().Count);
        Assert.Equal(
            "miku \\(vocaloid\\), 1girl\nNegative prompt: miku \\(vocaloid\\)\n---\nmiku \\(vocaloid\\)",
            Edits.Apply("long hair, 1girl\nNegative prompt: long_hair\n---\nLong Hair", Edits.Of(edit, client.Uri("a.prompt"))));
        Assert.Equal("solo, (miku \\(vocaloid\\):1.2)", Edits.Apply("solo, (long hair:1.2)", Edits.Of(edit, open)));
        Assert.Equal("miku \\(vocaloid\\)\r\n", Edits.Apply("long_hair\r\n", Edits.Of(edit, client.Uri("sub/on%20disk.prompt"))));
        Assert.Equal([1, 5, null], edit["documentChanges"]!.AsArray().Select(change => change!["textDocument"]!["version"]?.GetValue<int>()));
    }

    [Fact]
    public async Task An_alias_is_the_same_tag()
    {
        await using var client = await TestClient.StartAsync();
        var place = await client.OpenAtCursorAsync("a.prompt", "blu‸sh, (blushing:1.2)");
        place["newName"] = "smile";
        Assert.Equal("smile, (smile:1.2)", Edits.Apply("blush, (blushing:1.2)", Edits.Of(await client.RequestAsync("textDocument/rename", place), client.Uri("a.prompt"))));
    }

    [Theory]
    [InlineData("a‸a-BREAK, b AND-aa-", "smile BREAK, b AND-aa-")]
    [InlineData("b AND‸-aa-", "b AND smile")]
    public async Task A_name_does_not_join_a_word_beside_it(string marked, string expected)
    {
        await using var client = await TestClient.StartAsync();
        var place = await client.OpenAtCursorAsync("a.prompt", marked);
        place["newName"] = "smile";
        var text = marked.Replace("‸", "", StringComparison.Ordinal);
        Assert.Equal(expected, Edits.Apply(text, Edits.Of(await client.RequestAsync("textDocument/rename", place), client.Uri("a.prompt"))));
    }

    [Fact]
    public async Task A_client_without_versions_gets_the_edits_of_the_document()
    {
        await using var client = await TestClient.StartAsync(
            JsonNode.Parse("""{"textDocument":{"diagnostic":{}}}""")!.AsObject(), prepare: client => client.Write("b.prompt", "smile"));
        var place = await client.OpenAtCursorAsync("a.prompt", "smi‸le");
        place["newName"] = "grin";
        Assert.Single((await client.RequestAsync("textDocument/rename", place))!["changes"]!.AsObject());
    }

    [Fact]
    public async Task A_network_is_renamed_by_its_name()
    {
        await using var client = await TestClient.StartAsync();
        var place = await client.OpenAtCursorAsync("a.prompt", "<lora:sty‸le:1>, style\n---\n<lora:style>");
        place["newName"] = "new style";
        var edit = await client.RequestAsync("textDocument/rename", place);
        Assert.Equal("<lora:new style:1>, style\n---\n<lora:new style>", Edits.Apply("<lora:style:1>, style\n---\n<lora:style>", Edits.Of(edit, client.Uri("a.prompt"))));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("a, b")]
    [InlineData("a\nb")]
    [InlineData("#a")]
    public async Task A_name_that_is_no_tag_is_refused(string name)
    {
        await using var client = await TestClient.StartAsync();
        var place = await client.OpenAtCursorAsync("a.prompt", "smi‸le");
        place["newName"] = name;
        Assert.Equal(-32602, (await client.AskAsync("textDocument/rename", place))["error"]!["code"]!.GetValue<int>());
    }
}
