using Microsoft.Data.Sqlite;

namespace Kohaku.Tags.Tests;

public sealed class ListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_completers_list_is_read()
    {
        var list = TagLists.Read(_folder.Write("danbooru.csv", "1girl,0,4919233,\"1girls,sole_female\"\nhatsune_miku,4,90000,miku\nemptied,5,0,\n"));
        Assert.Equal(
            [("1girl", TagCategory.General, 4919233, "1girls sole_female"), ("hatsune_miku", TagCategory.Character, 90000, "miku"), ("emptied", TagCategory.Meta, 0, "")],
            list.Rows.Select(row => (row.Name, row.Category, row.Posts, string.Join(' ', row.Aliases))));
    }

    [Fact]
    public void Names_alone_make_a_list() =>
        Assert.Equal(["my oc", "other"], TagLists.Csv(_folder.Write("my.csv", "\ufeffmy oc\r\n\r\nother\r\n")).Rows.Select(row => row.Name));

    [Fact]
    public void A_head_line_is_passed_over() =>
        Assert.Equal("solo", Assert.Single(TagLists.Csv(_folder.Write("my.csv", "name,category,count,alias\nsolo,0,5,\n")).Rows).Name);

    [Fact]
    public void Two_quotes_mean_one() =>
        Assert.Equal("say_\"hi\"", Assert.Single(TagLists.Csv(_folder.Write("my.csv", "\"say_\"\"hi\"\"\",0,5,\n")).Rows).Name);

    [Theory]
    [InlineData("solo,0,5,\n\"long_hair,0,5,\nsmile,0,5,\"x\"\n", ":2: a quote is opened at column 1 and not closed")]
    [InlineData("solo,0,5,\"a,b\n", ":1: a quote is opened at column 10 and not closed")]
    [InlineData("solo,0,5,\"a\"b\n", ":1: text follows the closing quote at column 13")]
    [InlineData("solo,7,5,\n", ":1: `7` is no category")]
    [InlineData("solo,0,many,\n", ":1: `many` is no number of posts")]
    [InlineData("solo,0,-1,\n", ":1: `-1` is no number of posts")]
    [InlineData("solo,0,99999999999,\n", ":1: `99999999999` is no number of posts")]
    [InlineData("solo,0,1,a,b\n", ":1: 5 columns")]
    [InlineData("solo,0,1,\n,0,1,\n", ":2: no name in the first column")]
    public void An_error_in_a_list_is_said_by_line(string content, string expected)
    {
        var path = _folder.Write("bad.csv", content);
        Assert.StartsWith(path + expected, Assert.Throws<TagDataException>(() => TagLists.Csv(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_not_utf8_is_said()
    {
        var path = _folder.Write("latin.csv", [.. "solo,0,1,\n"u8, 0xE9, .. ",0,1,\n"u8]);
        Assert.StartsWith(path + ":2: not UTF-8", Assert.Throws<TagDataException>(() => TagLists.Csv(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_too_long_is_said_by_line()
    {
        var path = _folder.Write("long.csv", new string('a', 600) + ",0,1,\n");
        Assert.StartsWith(path + ":1: a name of 600 characters", Assert.Throws<TagDataException>(() => TagLists.Csv(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@\t1")]
    [InlineData("a\t1\tb @")]
    [InlineData("a\t1\t\t@")]
    public void A_name_too_long_in_a_list_of_facts_is_said_by_line(string line)
    {
        var path = _folder.Write("long.tsv", "kohaku-tags\t1\tgeneral\t2023-11-30\n" + line.Replace("@", new string('a', 600), StringComparison.Ordinal) + "\n");
        Assert.StartsWith(path + ":2: a name of 600 characters", Assert.Throws<TagDataException>(() => TagLists.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_list_is_one_clear_error() =>
        Assert.Contains("cannot be read", Assert.Throws<TagDataException>(() => TagLists.Read(_folder.File("none.csv"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_with_tabs_are_read()
    {
        var list = TagLists.Read(_folder.Write("list.tsv", "name\tcategory\tposts\nlong_hair\tgeneral\t5\tlonghair,lang\tuntrained\n"));
        var row = Assert.Single(list.Rows);
        Assert.Equal(("long_hair", 5, TagFlags.Untrained), (row.Name, row.Posts, row.Flags));
        Assert.Equal(["longhair", "lang"], row.Aliases);
    }

    [Fact]
    public void A_shipped_file_of_facts_is_read_as_a_list() =>
        Assert.NotEmpty(TagLists.Read(Path.Combine(Shipped.FactsFolder, "meta.tsv")).Rows);

    [Fact]
    public void Translations_are_read_with_two_columns_or_three()
    {
        var list = TagLists.Translations(_folder.Write("zh.csv", "long_hair,长发\nsolo,0,\"单人, 独自\"\nsmile,\n"));
        Assert.Equal([("long_hair", "长发"), ("solo", "单人, 独自")], list.Translations);
    }

    [Fact]
    public void A_translation_line_without_a_comma_is_said()
    {
        var path = _folder.Write("zh.csv", "long_hair,长发\nsolo\n");
        Assert.StartsWith(path + ":2: 1 columns", Assert.Throws<TagDataException>(() => TagLists.Translations(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_HakuBooru_database_is_read_by_its_own_category_numbers()
    {
        var path = _folder.File("danbooru.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "tag" ("id" INTEGER NOT NULL PRIMARY KEY, "name" VARCHAR(255) NOT NULL, "type" INTEGER NOT NULL, "popularity" INTEGER NOT NULL);
                INSERT INTO tag VALUES (1, 'solo', 0, 9), (2, 'wlop', 1, 8), (3, 'hatsune_miku', 2, 7), (4, 'vocaloid', 3, 6), (5, 'highres', 4, 5), (6, 'unused', 0, 0);
                """;
            command.ExecuteNonQuery();
        }

        Assert.Equal(
            [TagCategory.General, TagCategory.Artist, TagCategory.Character, TagCategory.Series, TagCategory.Meta],
            TagLists.Read(path).Rows.OrderByDescending(row => row.Posts).Select(row => row.Category));
    }

    [Fact]
    public void Reading_a_database_that_keeps_a_log_leaves_nothing_beside_it()
    {
        var path = _folder.File("a b?#%20.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE tag (name TEXT, type INTEGER, popularity INTEGER); INSERT INTO tag VALUES ('solo', 0, 9)";
            command.ExecuteNonQuery();
        }

        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.Equal("solo", Assert.Single(TagLists.Read(path).Rows).Name);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("not a database at all, but long enough to look at")]
    [InlineData("")]
    public void What_is_no_database_is_one_clear_error(string content)
    {
        var path = _folder.Write("bad.db", content);
        Assert.StartsWith(path, Assert.Throws<TagDataException>(() => TagLists.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_stops_when_asked()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var path = _folder.Write("my.csv", "solo\n");
        Assert.Throws<OperationCanceledException>(() => TagLists.Csv(path, null, stop.Token));
    }

    [Fact]
    public void Progress_is_told_in_bytes_and_ends_at_all()
    {
        var told = new Told();
        var path = _folder.Write("my.csv", string.Concat(Enumerable.Range(0, 9000).Select(i => $"tag_{i},0,{i},\n")));
        TagLists.Csv(path, told);
        Assert.True(told.All.Count > 2);
        Assert.Equal(new FileInfo(path).Length, told.All[^1].Done);
        Assert.Equal(told.All[^1].Total, told.All[^1].Done);
    }
}
