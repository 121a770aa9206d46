using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("solo", "solo")]
    [InlineData("long_h", "long hair")]
    [InlineData("blue eyes", "blue eyes")]
    [InlineData("eyes blue", "blue eyes")]
    [InlineData("hatsu", "hatsune miku")]
    [InlineData("lh", "long hair")]
    [InlineData("detco", "detached collar")]
    [InlineData("logn hair", "long hair")]
    [InlineData("bq", "best quality")]
    [InlineData("masterp", "masterpiece")]
    public async Task The_tag_meant_comes_first(string typed, string expected)
    {
        await using var client = await TestClient.StartAsync();
        var items = await client.CompleteAsync($"1girl, {typed}‸");
        Assert.Equal(expected, Completing.Label(items[0]));
        Assert.InRange(items.Count, 1, 100);
    }

    [Theory]
    [InlineData("1girl,lon‸", "1girl, long hair")]
    [InlineData("lon‸", "long hair")]
    [InlineData("1girl\nlon‸", "1girl\nlong hair")]
    [InlineData("1girl, (lon‸)", "1girl, (long hair)")]
    [InlineData("1girl, [lon‸]", "1girl, [long hair]")]
    [InlineData("1girl BREAK lon‸", "1girl BREAK long hair")]
    [InlineData("1girl AND lon‸", "1girl AND long hair")]
    [InlineData("1girl\nNegative prompt: lon‸", "1girl\nNegative prompt: long hair")]
    [InlineData("1girl\nNegative prompt:lon‸", "1girl\nNegative prompt: long hair")]
    [InlineData("1girl, long_ha‸", "1girl, long hair")]
    [InlineData("1girl, long ha‸", "1girl, long hair")]
    [InlineData("1girl, long ‸", "1girl, long hair")]
    [InlineData("1girl, lo‸ng_haxx, smile", "1girl, long hair, smile")]
    [InlineData("1girl, long ha‸ir", "1girl, long hair")]
    [InlineData("(long ha‸:1.2), a", "(long hair:1.2), a")]
    [InlineData("(long ha‸:1.2", "(long hair:1.2")]
    [InlineData("1girl, ‸smile", "1girl, long hair, smile")]
    [InlineData("(1girl:1.2)lon‸", "(1girl:1.2), long hair")]
    [InlineData("(1girl:1.2) lon‸", "(1girl:1.2), long hair")]
    [InlineData("<lora:x:1> lon‸", "<lora:x:1>, long hair")]
    [InlineData("lon‸ <lora:x:1>", "long hair, <lora:x:1>")]
    [InlineData("lon‸<lora:x:1>", "long hair, <lora:x:1>")]
    [InlineData("1girl, lon‸ # note", "1girl, long hair # note")]
    [InlineData("[lon‸:smile:0.5]", "[long hair:smile:0.5]")]
    [InlineData("[smile|lon‸]", "[smile|long hair]")]
    [InlineData("1girl, lon‸\n---\nsmile", "1girl, long hair\n---\nsmile")]
    [InlineData("1girl, lon‸\nNegative prompt: x\nSteps: 20", "1girl, long hair\nNegative prompt: x\nSteps: 20")]
    public async Task A_tag_is_written_as_it_must_stand_there(string marked, string expected)
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal(expected, await client.AcceptAsync(marked, "long hair"));
    }

    [Fact]
    public async Task In_variants_a_tag_stands_too()
    {
        await using var client = await TestClient.StartAsync(prepare: c => c.Write("kohaku.json", """{"dynamicPrompts": true}"""));
        Assert.Equal("1girl, {smile|long hair}", await client.AcceptAsync("1girl, {smile|lon‸}", "long hair"));
        Assert.Equal("1girl, {long hair|smile}", await client.AcceptAsync("1girl, {lon‸|smile}", "long hair"));
        Assert.Equal("1girl, {2$$long hair|smile}", await client.AcceptAsync("1girl, {2$$lon‸|smile}", "long hair"));
    }

    [Theory]
    [InlineData("1girl # lon‸")]
    [InlineData("# lon‸\n1girl")]
    [InlineData("(a:1.‸2), b")]
    [InlineData("(a:1.2‸")]
    [InlineData("1girl\n--‸-\nsmile")]
    [InlineData("1girl\n‸---\nsmile")]
    [InlineData("1girl\n---‸\nsmile")]
    [InlineData("1girl\n‸Negative prompt: smile")]
    [InlineData("1girl\nNegat‸ive prompt: smile")]
    [InlineData("1girl BRE‸AK smile")]
    [InlineData("[a:b:0.‸5]")]
    [InlineData("<lora:x:0.‸8>")]
    public async Task Nothing_is_offered_where_no_tag_may_stand(string marked)
    {
        await using var client = await TestClient.StartAsync();
        Assert.Null(await client.ListAsync(marked));
    }

    [Theory]
    [InlineData("1girl, ganyu_(g‸", @"1girl, ganyu \(genshin impact\)")]
    [InlineData(@"1girl, ganyu \(gen‸", @"1girl, ganyu \(genshin impact\)")]
    [InlineData(@"1girl, ganyu \(gen‸\)", @"1girl, ganyu \(genshin impact\)")]
    [InlineData("1girl, ganyu (gen‸)", @"1girl, ganyu \(genshin impact\)")]
    [InlineData("1girl, (ganyu (gen‸):1.2)", @"1girl, (ganyu \(genshin impact\):1.2)")]
    public async Task Brackets_of_a_name_are_escaped_however_they_were_typed(string marked, string expected)
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal(expected, await client.AcceptAsync(marked, "ganyu (genshin impact)"));
    }

    [Fact]
    public async Task In_ComfyUI_only_round_brackets_are_escaped()
    {
        await using var client = await TestClient.StartAsync(prepare: c => c.Write("kohaku.json", """{"dialect": "comfyui"}"""));
        Assert.Equal(@"1girl, ganyu \(genshin impact\)", await client.AcceptAsync("1girl, ganyu ‸", "ganyu (genshin impact)"));
    }

    [Theory]
    [InlineData("1girl, reverse:19‸", "1girl, reverse:1999,")]
    [InlineData("(reverse:‸)", "(reverse:1999,)")]
    [InlineData("reverse:‸, smile", "reverse:1999, smile")]
    public async Task A_number_at_a_tags_end_is_kept_from_being_a_weight(string marked, string expected)
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal(expected, await client.AcceptAsync(marked, "reverse:1999"));
    }

    [Fact]
    public async Task A_short_tag_keeps_its_underscore()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal("1girl, ^_^", await client.AcceptAsync("1girl, ^_‸", "^_^"));
    }

    [Fact]
    public async Task An_alias_shows_what_it_means_and_writes_that()
    {
        await using var client = await TestClient.StartAsync();
        var item = (await client.CompleteAsync("1girl, twin_tails‸"))[0]!;
        Assert.Equal("twintails", Completing.Label(item));
        Assert.Contains("twin tails → twintails", item["labelDetails"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_says_category_and_posts()
    {
        await using var client = await TestClient.StartAsync();
        var item = (await client.CompleteAsync("1girl, hatsune mik‸"))[0]!;
        Assert.Equal(7, item["kind"]!.GetValue<int>());
        Assert.Equal("character", item["detail"]!.GetValue<string>());
        Assert.Matches(@"^\d+(\.\d)?[kM]$", item["labelDetails"]!["description"]!.GetValue<string>());
        Assert.Equal("000", item["sortText"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("newes", "newest", "date, uploaded 2021–2024")]
    [InlineData("masterp", "masterpiece", "quality, percentile 95–100 of the favourite count within each rating")]
    [InlineData("sensi", "sensitive", "rating, danbooru's sensitive")]
    [InlineData("1gir", "1girl", "people count, girls: 1")]
    public async Task A_special_word_says_what_it_means(string typed, string label, string detail)
    {
        await using var client = await TestClient.StartAsync();
        var item = (await client.CompleteAsync($"{typed}‸")).First(item => Completing.Label(item) == label)!;
        Assert.Equal(14, item["kind"]!.GetValue<int>());
        Assert.Equal(detail, item["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_tag_that_stands_elsewhere_sinks_and_says_so()
    {
        await using var client = await TestClient.StartAsync();
        var items = await client.CompleteAsync("1girl, long hair, smile, long ha‸");
        Assert.NotEqual("long hair", Completing.Label(items[0]));
        var present = items.Single(item => Completing.Label(item) == "long hair")!;
        Assert.EndsWith("in the prompt", present["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("long hair", Completing.Label((await client.CompleteAsync("1girl, long ha‸ir, smile"))[0]));
    }

    [Fact]
    public async Task Directly_behind_a_series_artists_lead()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal(3, (await client.CompleteAsync("1girl, hatsune miku, vocaloid, wlo‸"))[0]!["kind"]!.GetValue<int>());
        Assert.NotEqual(3, (await client.CompleteAsync("1girl, hatsune miku, vocaloid, smile, hai‸"))[0]!["kind"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_clients_own_filter_keeps_what_was_found()
    {
        await using var client = await TestClient.StartAsync();
        foreach (var item in await client.CompleteAsync("1girl, logn hair‸")) Assert.Equal("logn hair", item!["filterText"]!.GetValue<string>());

        var exact = await client.CompleteAsync("1girl, solo‸");
        Assert.Null(exact[0]!["filterText"]);
        Assert.All(exact.Skip(1), item => Assert.Equal("solo", item!["filterText"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_range_is_said_once_to_a_client_that_takes_it_so_and_with_each_item_to_another()
    {
        await using (var client = await TestClient.StartAsync())
        {
            var list = (await client.ListAsync("1girl, logn‸ hair"))!;
            Assert.True(list["isIncomplete"]!.GetValue<bool>());
            Assert.Equal(7, list["itemDefaults"]!["editRange"]!["start"]!["character"]!.GetValue<int>());
            Assert.Equal(16, list["itemDefaults"]!["editRange"]!["end"]!["character"]!.GetValue<int>());
            Assert.All(list["items"]!.AsArray(), item => Assert.Null(item!["textEdit"]));
        }

        await using var plain = await TestClient.StartAsync(JsonNode.Parse("""{"textDocument":{"diagnostic":{},"completion":{}}}""")!.AsObject());
        var item = (await plain.ListAsync("1girl, twin_tails‸"))!["items"]![0]!;
        Assert.Equal("twintails", item["textEdit"]!["newText"]!.GetValue<string>());
        Assert.Null(item["labelDetails"]);
        Assert.Contains("twin tails → twintails · general · ", item["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_may_be_bytes()
    {
        await using var client = await TestClient.StartAsync(JsonNode.Parse("""{"general":{"positionEncodings":["utf-8"]},"textDocument":{"diagnostic":{},"completion":{}}}""")!.AsObject());
        await client.OpenAsync("a.prompt", "長\U0001F600, solo");
        var list = await client.RequestAsync("textDocument/completion", TestClient.At(client.Uri("a.prompt"), 0, 13));
        Assert.Equal(9, list!["items"]![0]!["textEdit"]!["range"]!["start"]!["character"]!.GetValue<int>());
        Assert.Equal("solo", Completing.Label(list["items"]![0]));
    }

    [Fact]
    public async Task Where_nothing_is_typed_no_item_is_chosen_before_the_user_does()
    {
        await using var client = await TestClient.StartAsync();
        var items = await client.CompleteAsync("1girl, ‸");
        Assert.Equal(100, items.Count);
        Assert.All(items, item => Assert.Null(item!["preselect"]));
        Assert.All(items, item => Assert.Null(item!["filterText"]));
    }

    [Fact]
    public async Task An_item_is_documented_when_asked_for()
    {
        await using var client = await TestClient.StartAsync();
        var item = (await client.CompleteAsync("1girl, twintai‸"))[0]!;
        Assert.Null(item["documentation"]);
        var resolved = (await client.RequestAsync("completionItem/resolve", item))!;
        Assert.Equal("twintails", Completing.Label(resolved));
        Assert.Equal("markdown", resolved["documentation"]!["kind"]!.GetValue<string>());
        var text = resolved["documentation"]!["value"]!.GetValue<string>();
        Assert.StartsWith("**twintails** · general · ", text, StringComparison.Ordinal);
        Assert.Contains("general tags", text, StringComparison.Ordinal);
        Assert.Contains("Aliases: twin tails, twintail", text, StringComparison.Ordinal);
        Assert.Contains("https://danbooru.donmai.us/wiki_pages/twintails", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documentation_is_plain_for_a_client_that_reads_no_Markdown()
    {
        await using var client = await TestClient.StartAsync(JsonNode.Parse("""{"textDocument":{"diagnostic":{},"completion":{"completionItem":{"documentationFormat":["plaintext"]}}}}""")!.AsObject());
        var item = (await client.CompleteAsync("newes‸"))[0]!;
        var resolved = (await client.RequestAsync("completionItem/resolve", item))!;
        Assert.Equal("plaintext", resolved["documentation"]!["kind"]!.GetValue<string>());
        Assert.Equal("newest · special tags\n\ndate, uploaded 2021–2024, to Kohaku-XL Delta\n", resolved["documentation"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_translation_finds_a_tag_and_stands_beside_it()
    {
        await using var client = await TestClient.StartAsync(prepare: c =>
        {
            c.Write("zh.csv", "long_hair,长发\nsmile,微笑\n");
            c.Write("kohaku.json", """{"tags": {"translations": ["zh.csv"]}}""");
        });
        var item = (await client.CompleteAsync("1girl, 长发‸"))[0]!;
        Assert.Equal("long hair", Completing.Label(item));
        Assert.Contains("长发", item["labelDetails"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("微笑", (await client.CompleteAsync("1girl, smil‸"))[0]!["labelDetails"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("1girl, long hair", await client.AcceptAsync("1girl, 长发‸"));
    }

    [Fact]
    public async Task A_list_of_translations_that_is_not_there_takes_nothing_away()
    {
        await using var client = await TestClient.StartAsync(prepare: c => c.Write("kohaku.json", """{"tags": {"translations": ["none.csv"]}}"""));
        client.Expect("window/showMessage");
        Assert.Equal("long hair", (await client.LabelsAsync("1girl, long hai‸"))[0]);
    }

    [Theory]
    [InlineData("1girl\nSteps: 20, Sam‸", "1girl\nSteps: 20, Sampler: ", "Sampler")]
    [InlineData("1girl\nSteps: 20,Sam‸", "1girl\nSteps: 20, Sampler: ", "Sampler")]
    [InlineData("1girl\nSteps: 20, Sampler: eul‸", "1girl\nSteps: 20, Sampler: Euler a", "Euler a")]
    [InlineData("1girl\nSteps: 20, Sampler:‸", "1girl\nSteps: 20, Sampler: Euler a", "Euler a")]
    [InlineData("1girl\nSteps: 20, Sampler: eul‸er, Seed: 1", "1girl\nSteps: 20, Sampler: Euler a, Seed: 1", "Euler a")]
    [InlineData("1girl\nSteps: 20, Schedule type: kar‸", "1girl\nSteps: 20, Schedule type: Karras", "Karras")]
    [InlineData("1girl\nSteps: 20, Size: 832‸", "1girl\nSteps: 20, Size: 832x1216", "832x1216")]
    [InlineData("1girl\nSteps: 20, Emphasis: ‸", "1girl\nSteps: 20, Emphasis: No norm", "No norm")]
    [InlineData("1girl\nSte‸", "1girl\nSteps: ", "Steps")]
    [InlineData("1girl\nNeg‸", "1girl\nNegative prompt: ", "Negative prompt")]
    public async Task Parameters_are_offered_on_their_line(string marked, string expected, string label)
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal(expected, await client.AcceptAsync(marked, label));
        Assert.DoesNotContain("1girl", await client.LabelsAsync(marked));
    }

    [Fact]
    public async Task A_rules_name_is_offered_where_a_comment_silences_one()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal("1girl # kohaku: disable=weak-tag", await client.AcceptAsync("1girl # kohaku: disable=we‸"));
        Assert.Equal("1girl # kohaku: disable=rare-tag, weak-tag", await client.AcceptAsync("1girl # kohaku: disable=rare-tag, weak‸"));
    }

    [Fact]
    public async Task A_huge_text_is_borne()
    {
        await using var client = await TestClient.StartAsync();
        Assert.Equal("long hair", (await client.LabelsAsync(new string('(', 100_000) + "long hai‸"))[0]);
        Assert.Equal("long hair", (await client.LabelsAsync(string.Concat(Enumerable.Repeat("1girl, smile, ", 70_000)) + "long hai‸"))[0]);
        Assert.Null(await client.ListAsync("1girl, " + new string('x', 100_000) + "‸"));
    }
}
