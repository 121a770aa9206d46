using System.Text.Json;

namespace Kohaku.Cli.Tests.Commands;

public sealed class TagsTests
{
    [Fact]
    public void Search_lists_rank_tag_category_posts_and_match()
    {
        var first = Cli.Run("tags", "search", "blue", "eyes").Output.Split('\n')[0];

        Assert.Matches(@"^   1  blue eyes +general +[\d,]+  exact", first);
    }

    [Theory]
    [InlineData("lh", "long hair", "initials")]
    [InlineData("logn hair", "long hair", "typo")]
    public void Search_says_how_it_matched(string text, string tag, string match)
    {
        using var json = JsonDocument.Parse(Cli.Run("tags", "search", text, "--json", "-n", "1").Output);

        Assert.Equal(tag, json.RootElement.GetProperty("tag").GetString());
        Assert.Equal(match, json.RootElement.GetProperty("match").GetString());
    }

    [Fact]
    public void Search_without_a_hit_exits_with_1()
    {
        var run = Cli.Run("tags", "search", "qqqqxxxxzzzz");

        Assert.Equal((1, "", "no tag is like `qqqqxxxxzzzz`\n"), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public void Info_says_what_the_model_makes_of_a_tag()
    {
        var run = Cli.Run("tags", "info", "long_hair");

        Assert.StartsWith("long hair  general  ", run.Output, StringComparison.Ordinal);
        Assert.Contains("the model     works\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("wiki          https://danbooru.donmai.us/wiki_pages/long_hair\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_of_what_is_no_tag_names_the_nearest()
    {
        var run = Cli.Run("tags", "info", "lonng hair");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("error: `lonng hair` is no tag\n  = The nearest: long hair", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stats_count_by_category()
    {
        var run = Cli.Run("tags", "stats");

        Assert.Equal(0, run.Code);
        Assert.Matches(@"\d+ tags, [\d,]+ aliases", run.Output);
    }

    [Fact]
    public void Tags_alone_lists_its_commands() => Assert.Contains("tags search", Cli.Run("tags").Output, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_command_under_tags_names_the_nearest() =>
        Assert.Contains("The nearest is: kohaku tags search", Cli.Run("tags", "serach").Error, StringComparison.Ordinal);

    [Fact]
    public void An_imported_tag_is_known_to_the_linter()
    {
        using var folder = new Folder();
        var prompt = folder.Write("a.prompt", "1girl, qqqmyveryowntag");
        Assert.DoesNotContain("KHK005", folder.Run("lint", prompt).Output, StringComparison.Ordinal);

        var import = folder.Run("tags", "import", folder.Write("mine.csv", "qqqmyveryowntag,0,5,\"\"\n"));
        Assert.Equal((0, ""), (import.Code, import.Error));
        Assert.StartsWith("mine.csv: 1 tag, 1 of them new; ", import.Output, StringComparison.Ordinal);
        Assert.Contains("KHK005", folder.Run("lint", prompt).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reset_forgets_imports()
    {
        using var folder = new Folder();
        folder.Run("tags", "import", folder.Write("mine.csv", "qqqmyveryowntag,0,5000,\"\"\n"));
        Assert.Equal(0, folder.Run("tags", "info", "qqqmyveryowntag").Code);
        folder.Run("tags", "reset");

        Assert.Equal(2, folder.Run("tags", "info", "qqqmyveryowntag").Code);
    }

    [Fact]
    public void An_error_in_a_list_is_said_with_its_line()
    {
        using var folder = new Folder();
        var run = folder.Run("tags", "import", folder.Write("mine.csv", "a,0,1,\"\"\nb,0,1,\"c\n"));

        Assert.Equal(2, run.Code);
        Assert.StartsWith("error: mine.csv:2: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_may_name_further_tags()
    {
        using var folder = new Folder();
        folder.Write("mine.csv", "qqqmyveryowntag,0,5,\"\"\n");
        folder.Write("kohaku.json", """{ "tags": { "extra": "mine.csv" } }""");

        Assert.Contains("KHK005", folder.Run("lint", folder.Write("a.prompt", "1girl, qqqmyveryowntag")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_finds_the_translations_that_the_configuration_names()
    {
        using var folder = new Folder();
        folder.Write("ja.csv", "long_hair,長い髪\n");
        folder.Write("kohaku.json", """{ "tags": { "translations": "ja.csv" } }""");

        Assert.Matches("^   1  long hair .*長い髪", folder.Run("tags", "search", "長い髪").Output);
    }

    [Fact]
    public void Update_from_what_is_no_address_is_one_error() =>
        Assert.Equal("error: --from: `danbooru` is no web address\n  = Write it with its scheme: https://danbooru.donmai.us\n", Cli.Run("tags", "update", "--from", "danbooru").Error);
}
