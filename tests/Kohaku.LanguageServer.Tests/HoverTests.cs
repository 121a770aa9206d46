using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class HoverTests
{
    [Fact]
    public async Task A_tag_tells_its_facts_and_leads_to_the_wiki()
    {
        var hover = await HoverAsync("1girl, (lo‸ng hair, [smile]:1.3), blush");
        Assert.Matches(@"^\*\*long hair\*\* · general · [\d,]+ posts\n\nsection general tags · weight 1.3 · 2 tokens, 4–5 of 75 in chunk 1\n\n\[Danbooru wiki\]\(https://danbooru.donmai.us/wiki_pages/long_hair\)$", Text(hover));
        Assert.Equal("0:8-0:17", Requests.Write(hover!["range"]!));
    }

    [Fact]
    public async Task Nested_brackets_tell_how_the_weight_came_about() =>
        Assert.Contains("weight 1.1 × 1.3 = 1.43", Text(await HoverAsync("((smi‸le:1.3))")), StringComparison.Ordinal);

    [Fact]
    public async Task An_alias_tells_the_tag_it_means() =>
        Assert.StartsWith("**blushing** → **blush** · general", Text(await HoverAsync("blush‸ing")), StringComparison.Ordinal);

    [Fact]
    public async Task A_tag_tells_its_aliases() => Assert.Contains("Aliases: blushing", Text(await HoverAsync("blu‸sh")), StringComparison.Ordinal);

    [Fact]
    public async Task A_tag_tells_what_it_implies() =>
        Assert.Contains("Implies: thighhighs", Text(await HoverAsync("1girl, black thigh‸highs")), StringComparison.Ordinal);

    [Fact]
    public async Task What_a_tag_holds_is_no_Markdown()
    {
        var text = Text(await HoverAsync("1girl, <o> ‸<o>"));
        Assert.StartsWith(@"**\<o\> \<o\>** · general", text, StringComparison.Ordinal);
        Assert.Contains("wiki_pages/%3Co%3E_%3Co%3E", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("master‸piece", "**masterpiece** · quality", "percentile 95–100 of the favourite count within each rating")]
    [InlineData("worst ‸quality", "**worst quality** · quality", "percentile 0–10 of the favourite count within each rating")]
    [InlineData("nsfw, expli‸cit", "**explicit** · rating", "danbooru's explicit; stands beside nsfw")]
    [InlineData("newe‸st", "**newest** · date", "uploaded 2021–2024")]
    [InlineData("6+gir‸ls", @"**6\+girls** · people count", "girls: 6 or more")]
    public async Task A_special_word_tells_what_it_means(string marked, string title, string meaning)
    {
        var text = Text(await HoverAsync(marked));
        Assert.StartsWith(title, text, StringComparison.Ordinal);
        Assert.Contains(meaning, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_text_is_plain()
    {
        await using var client = await TestClient.StartAsync(JsonNode.Parse("""{"textDocument":{"diagnostic":{},"hover":{"contentFormat":["plaintext"]}}}""")!.AsObject());
        var hover = await client.RequestAsync("textDocument/hover", await client.OpenAtCursorAsync("a.prompt", "1girl, :‸3"));
        Assert.Equal("plaintext", hover!["contents"]!["kind"]!.GetValue<string>());
        Assert.StartsWith(":3 · general", Text(hover), StringComparison.Ordinal);
        Assert.Contains("Danbooru wiki: https://danbooru.donmai.us/wiki_pages/%3A3", Text(hover), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fixes_are_told_to_every_client()
    {
        var text = Text(await HoverAsync("1girl, long_h‸air"));
        Assert.Contains("long hair", text, StringComparison.Ordinal);
        Assert.DoesNotContain("command:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fixes_are_links_for_the_client_that_knows_the_command()
    {
        await using var client = await TestClient.StartAsync(options: Requests.Own());
        var text = Text(await client.RequestAsync("textDocument/hover", await client.OpenAtCursorAsync("a.prompt", "smile\n---\n1girl, long_h‸air")));
        var start = text.IndexOf("command:kohaku.applyFix?", StringComparison.Ordinal) + "command:kohaku.applyFix?".Length;
        var call = JsonNode.Parse(Uri.UnescapeDataString(text[start..text.IndexOf(')', start)]))![0]!;
        Assert.Equal(1, call["textDocument"]!["version"]!.GetValue<int>());
        Assert.Equal("2:7-2:16", Requests.Write(call["edits"]![0]!["range"]!));
        Assert.Equal("long hair", call["edits"]![0]!["newText"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("1girl BRE‸AK smile", "ends the chunk here")]
    [InlineData("1girl AN‸D smile", "divides the prompt")]
    [InlineData("1girl, [smile‸:frown:0.5]", "the first text up to step 14 of 28, then the second")]
    [InlineData("1girl, ‸[smile:10]\nSteps: 20", "the text from step 10 of 20 on")]
    [InlineData("1girl, [smile‸|frown]", "alternation")]
    [InlineData("1girl, ((smile)‸)", "weight × 1.1")]
    [InlineData("1girl, (‸(smile))", "in all 1.1 × 1.1 = 1.21")]
    [InlineData("1girl, ‸(smile", "never closed")]
    public async Task Syntax_tells_what_it_does(string marked, string fact) => Assert.Contains(fact, Text(await HoverAsync(marked)), StringComparison.Ordinal);

    [Theory]
    [InlineData("1girl\nSte‸ps: 20", "**Steps** · how often the model is called")]
    [InlineData("1girl\nSteps: 20, Sampler: Euler‸ a", "**Euler a** · sampler")]
    [InlineData("1girl\nSteps: 20, Schedule type: Kar‸ras", "**Karras** · schedule type")]
    [InlineData("1girl\nSteps: 20, Sampler: Eulr‸", "there is no sampler Eulr; the nearest is Euler")]
    public async Task The_parameter_line_tells_what_its_words_mean(string marked, string fact) => Assert.StartsWith(fact, Text(await HoverAsync(marked)), StringComparison.Ordinal);

    [Fact]
    public async Task A_rule_in_a_suppression_leads_to_its_page()
    {
        var hover = await HoverAsync("1girl # kohaku: disable=KHK002, weak-‸tag");
        Assert.StartsWith("# weak-tag (KHK004)", Text(hover), StringComparison.Ordinal);
        Assert.Equal("0:32-0:40", Requests.Write(hover!["range"]!));
    }

    [Theory]
    [InlineData("‸")]
    [InlineData("1girl,‸  smile")]
    [InlineData("1girl\n-‸--\nsmile")]
    [InlineData("# a no‸te")]
    [InlineData("1girl\nNegative ‸prompt: smile")]
    public async Task Where_nothing_stands_nothing_is_told(string marked) => Assert.Null(await HoverAsync(marked));

    [Theory]
    [InlineData("‸smile")]
    [InlineData("smile‸")]
    [InlineData("1girl\r\n---\r\nsmile‸\r\n")]
    [InlineData("1girl\r\nNegative prompt: smi‸le")]
    public async Task A_tag_is_found_at_its_ends_and_in_every_prompt(string marked) =>
        Assert.StartsWith("**smile** · general", Text(await HoverAsync(marked)), StringComparison.Ordinal);

    [Fact]
    public async Task Half_an_emoji_does_not_hurt()
    {
        var text = Text(await HoverAsync("a\uD83D\uD83D‸b"));
        Assert.Contains("in no tag list", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_may_be_bytes()
    {
        await using var client = await TestClient.StartAsync(Requests.Bytes());
        var uri = await client.OpenAsync("a.prompt", "長\U0001F600, smile");
        var hover = await client.RequestAsync("textDocument/hover", TestClient.At(uri, 0, 10));
        Assert.Equal("0:9-0:14", Requests.Write(hover!["range"]!));
    }

    private static async Task<JsonNode?> HoverAsync(string marked)
    {
        await using var client = await TestClient.StartAsync();
        return await client.RequestAsync("textDocument/hover", await client.OpenAtCursorAsync("a.prompt", marked));
    }

    private static string Text(JsonNode? hover) => hover!["contents"]!["value"]!.GetValue<string>();
}
