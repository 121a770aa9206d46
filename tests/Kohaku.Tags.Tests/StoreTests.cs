namespace Kohaku.Tags.Tests;

public sealed class StoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TagStore _store;
    private readonly string _shipped;
    private readonly List<string> _said = [];

    public StoreTests()
    {
        _shipped = Small.Index(_folder);
        _store = new TagStore(_folder.File("store"), _shipped);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_imports_the_shipped_index_is_used_and_nothing_is_written()
    {
        using var index = _store.Open(_said.Add);
        Assert.Equal((_shipped, false), (_store.CurrentIndexPath, _store.HasImports));
        Assert.True(index.TryFind("long hair", out _));
        Assert.Empty(_said);
        Assert.False(Directory.Exists(_store.Folder));
    }

    [Fact]
    public void An_import_adds_tags_and_keeps_the_others()
    {
        var result = Import(("new_tag", 7), ("long_hair", 5));
        Assert.Equal((5, 1), (result.Tags, result.Added));
        Assert.Equal((7, 5, 90_000), (Posts("new tag"), Posts("long hair"), Posts("hatsune miku")));
        Assert.True(Lookup().TryFind("longhair", out var match) && match.IsAlias);
        Assert.True(Lookup().ImpliesAny(Id("very long hair")));
        Assert.Equal(result.IndexPath, _store.CurrentIndexPath);
    }

    [Fact]
    public void An_import_may_replace_all_tags()
    {
        _store.Import(List(("new_tag", 7)), ImportMode.Replace);
        Assert.False(Lookup().TryFind("long hair", out _));
        Assert.Equal(7, Posts("new tag"));
    }

    [Fact]
    public void A_tag_that_a_newer_list_renames_stays_known_and_is_marked()
    {
        var list = new TagList();
        list.Rows.Add(new TagRow("new_name", TagCategory.General, 900, ["old_name"]));
        _store.Import(list, ImportMode.Merge);
        Assert.True(Lookup().TryFind("old name", out var match));
        Assert.False(match.IsAlias);
        Assert.Equal(TagFlags.Untrained | TagFlags.RemovedLater, Lookup()[match.Tag].Flags);
    }

    [Fact]
    public void A_list_of_translations_finds_its_tags()
    {
        var list = TagLists.Translations(_folder.Write("zh.csv", "hatsune miku,初音未来\nunknown_tag,未知\n"));
        _store.Import(list, ImportMode.Merge);
        var lookup = Lookup();
        Assert.Equal("hatsune_miku", lookup[new TagSearcher(lookup).Find(new TagQuery("初音"))[0].Tag].Name);
        Assert.Equal("long_hair", lookup[new TagSearcher(lookup).Find(new TagQuery("长发"))[0].Tag].Name);
    }

    [Fact]
    public void No_list_brings_in_tags_that_sexualise_minors()
    {
        Import(("lolicon", 9000), ("gothic_lolita", 8000), ("shota_(x)", 7000));
        Assert.False(Lookup().TryFind("lolicon", out _));
        Assert.False(Lookup().TryFind("shota (x)", out _));
        Assert.True(Lookup().TryFind("gothic lolita", out _));
    }

    [Fact]
    public void Only_the_files_in_use_stay()
    {
        Import(("a", 1));
        _folder.Write("store/tags-0000.index.123.tmp", "left by a killed import");
        var result = Import(("b", 2));
        Assert.Equal(
            new[] { "current", "lock", Path.GetFileName(result.DatabasePath), Path.GetFileName(result.IndexPath) }.Order(StringComparer.Ordinal),
            Directory.GetFiles(_store.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_index_in_use_survives_an_import()
    {
        Import(("a", 1));
        using var index = _store.Open();
        Import(("b", 2));
        Assert.True(index.TryFind("a", out _));
        Assert.False(index.TryFind("b", out _));
    }

    [Theory]
    [InlineData("building the index")]
    [InlineData("writing the database")]
    public void A_stopped_import_changes_nothing(string phase)
    {
        Import(("a", 1));
        using var stop = new CancellationTokenSource();
        var told = new Told(progress =>
        {
            if (progress.Phase == phase)
            {
                stop.Cancel();
            }
        });
        var before = Directory.GetFiles(_store.Folder).Order(StringComparer.Ordinal).ToArray();
        Assert.ThrowsAny<OperationCanceledException>(() => _store.Import(List(("b", 2)), ImportMode.Merge, null, told, stop.Token));
        Assert.Equal(before, Directory.GetFiles(_store.Folder).Order(StringComparer.Ordinal));
        Assert.Equal(1, Posts("a"));
    }

    [Fact]
    public void A_damaged_index_is_said_and_made_again_from_the_database()
    {
        var result = Import(("a", 1));
        _folder.Write("store/" + Path.GetFileName(result.IndexPath), "damaged");
        using var index = _store.Open(_said.Add);
        Assert.True(index.TryFind("a", out _));
        Assert.Contains("is damaged", _said[0], StringComparison.Ordinal);
        Assert.Equal("the index was made again from the database", _said[1]);
        _said.Clear();
        _store.Open(_said.Add).Dispose();
        Assert.Empty(_said);
    }

    [Fact]
    public void A_missing_index_is_said_and_made_again()
    {
        File.Delete(Import(("a", 1)).IndexPath);
        using var index = _store.Open(_said.Add);
        Assert.True(index.TryFind("a", out _));
        Assert.Equal(2, _said.Count);
    }

    [Fact]
    public void A_damaged_database_is_said_and_made_again_from_the_index()
    {
        var result = Import(("a", 1));
        _folder.Write("store/" + Path.GetFileName(result.DatabasePath), "damaged");
        var again = _store.Database(_said.Add);
        TagDatabase.Verify(again);
        Assert.Contains(TagDatabase.Read(again).Rows, row => row.Name == "a");
        Assert.Contains("damaged", _said[0], StringComparison.Ordinal);
        Assert.Contains("nothing is lost", _said[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_and_an_index_both_damaged_give_way_to_the_shipped_facts()
    {
        var result = Import(("a", 1));
        _folder.Write("store/" + Path.GetFileName(result.DatabasePath), "damaged");
        _folder.Write("store/" + Path.GetFileName(result.IndexPath), "damaged");
        using (var index = _store.Open(_said.Add))
        {
            Assert.False(index.TryFind("a", out _));
            Assert.True(index.TryFind("long hair", out _));
        }

        Assert.Contains("the tags that ship are used: import your lists again", _said);
        _said.Clear();
        TagDatabase.Verify(_store.Database(_said.Add));
        Assert.Contains("the database was made again from the shipped facts: import your lists again", _said);
    }

    [Fact]
    public void A_damaged_pointer_is_said_and_the_shipped_tags_are_used()
    {
        Import(("a", 1));
        _folder.Write("store/current", "\0\0\0");
        using var index = _store.Open(_said.Add);
        Assert.True(index.TryFind("long hair", out _));
        Assert.Contains("damaged", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void The_database_of_the_shipped_facts_is_made_on_first_need()
    {
        var path = _store.Database(_said.Add);
        Assert.Equal(4, TagDatabase.Read(path).Rows.Count);
        Assert.Equal(path, _store.Database(_said.Add));
        Assert.Empty(_said);
        _folder.Write("store/" + Path.GetFileName(path), "damaged");
        Assert.Equal(path, _store.Database(_said.Add));
        TagDatabase.Verify(path);
        Assert.Contains("the database was made again from the shipped facts", _said);
    }

    [Fact]
    public void Two_imports_at_once_are_kept_apart()
    {
        Directory.CreateDirectory(_store.Folder);
        using var other = new FileStream(Path.Combine(_store.Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var error = Assert.Throws<TagDataException>(() => Import(("a", 1)));
        Assert.Contains("another process is importing tags", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forgetting_the_imports_leads_back_to_the_shipped_tags()
    {
        Import(("a", 1));
        _store.Reset();
        Assert.Equal(_shipped, _store.CurrentIndexPath);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_clear_error()
    {
        var path = _folder.Write("a-file", "");
        var store = new TagStore(Path.Combine(path, "store"), _shipped);
        Assert.Throws<TagDataException>(() => store.Import(List(("a", 1)), ImportMode.Merge));
    }

    [Fact]
    public void A_missing_shipped_index_is_one_clear_error()
    {
        var store = new TagStore(_folder.File("store"), _folder.File("none.index"));
        Assert.Throws<TagDataException>(() => store.Open());
    }

    private static TagList List(params (string Name, int Posts)[] rows)
    {
        var list = new TagList();
        list.Rows.AddRange(rows.Select(row => new TagRow(row.Name, TagCategory.General, row.Posts, [])));
        return list;
    }

    private ImportResult Import(params (string Name, int Posts)[] rows) => _store.Import(List(rows), ImportMode.Merge, _said.Add);

    private TagLookup Lookup() => new(_store.Open());

    private TagId Id(string name)
    {
        Assert.True(Lookup().TryFind(name, out var match), name);
        return match.Tag;
    }

    private int Posts(string name) => Lookup()[Id(name)].Posts;
}
