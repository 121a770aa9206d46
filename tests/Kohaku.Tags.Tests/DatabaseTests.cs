namespace Kohaku.Tags.Tests;

public sealed class DatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_database_gives_back_the_facts_it_was_made_of()
    {
        var path = _folder.File("tags.db");
        TagDatabase.Write(path, Shipped.Index);
        TagDatabase.Verify(path);
        Assert.True(Shipped.File.AsSpan().SequenceEqual(TagDatabase.Read(path).ToIndex().Build()));
    }

    [Fact]
    public void A_missing_database_is_said()
    {
        var path = _folder.File("none.db");
        Assert.Equal($"{path}: the tag database is missing", Assert.Throws<TagDataException>(() => TagDatabase.Read(path)).Message);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_database_of_others_is_not_taken_for_ours()
    {
        using var index = TagIndex.FromBytes(Small.Facts().ToIndex().Build());
        var path = _folder.File("tags.db");
        TagDatabase.Write(path, index);
        using (var connection = Sqlite.Create(path))
        {
            Sqlite.Run(connection, "PRAGMA application_id = 7");
        }

        Assert.Contains("not a tag database", Assert.Throws<TagDataException>(() => TagDatabase.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_a_later_version_is_said()
    {
        using var index = TagIndex.FromBytes(Small.Facts().ToIndex().Build());
        var path = _folder.File("tags.db");
        TagDatabase.Write(path, index);
        using (var connection = Sqlite.Create(path))
        {
            Sqlite.Run(connection, "PRAGMA user_version = 99");
        }

        Assert.Contains("has version 99, this program reads version 1", Assert.Throws<TagDataException>(() => TagDatabase.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_damaged_anywhere_is_read_or_said_to_be_damaged()
    {
        using var index = TagIndex.FromBytes(Small.Facts().ToIndex().Build());
        var path = _folder.File("tags.db");
        TagDatabase.Write(path, index);
        var whole = File.ReadAllBytes(path);
        var random = new Random(4);
        var said = 0;
        for (var round = 0; round < 60; round++)
        {
            var bytes = whole.ToArray();
            random.NextBytes(bytes.AsSpan(random.Next(bytes.Length - 2000), 2000));
            var damaged = _folder.Write("damaged.db", bytes);
            if (Record.Exception(() => TagDatabase.Read(damaged)) is { } error)
            {
                Assert.IsType<TagDataException>(error);
                Assert.StartsWith(damaged, error.Message, StringComparison.Ordinal);
                said++;
            }
        }

        Assert.True(said > 10);
    }

    [Fact]
    public void A_database_cut_off_is_said_to_be_damaged()
    {
        using var index = TagIndex.FromBytes(Small.Facts().ToIndex().Build());
        var path = _folder.File("tags.db");
        TagDatabase.Write(path, index);
        var cut = _folder.Write("cut.db", File.ReadAllBytes(path).AsSpan(0, 6000));
        Assert.Throws<TagDataException>(() => TagDatabase.Verify(cut));
    }
}
