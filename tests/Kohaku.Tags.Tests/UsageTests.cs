using Microsoft.Data.Sqlite;

namespace Kohaku.Tags.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-usage-").FullName;
    private readonly List<string> _said = [];

    private string File => Path.Combine(_folder, "own", "usage.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_is_made_by_reading()
    {
        Assert.Equal(UsageCounts.None, Open().Read("w"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Tags_are_counted_by_workspace_and_pairs_for_all()
    {
        Open().Add("w", [new("long_hair", ["1girl", "smile", "long_hair"]), new("smile", ["1girl"]), new("long_hair", ["1girl"])]);
        Open().Add("v", [new("solo", [])]);
        var read = Open().Read("w");
        Assert.Equal(["long_hair", "smile"], read.Tags);
        Assert.Equal([new("1girl", "long_hair", 2), new("1girl", "smile", 1), new("long_hair", "smile", 1)], read.Pairs);
        Assert.Equal(["solo"], Open().Read("v").Tags);
        Assert.Equal(3, Open().Read("v").Pairs.Count);
    }

    [Fact]
    public void A_damaged_file_is_set_aside_and_said()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        var damaged = "no database, however long one looks at it"u8.ToArray();
        using (var file = System.IO.File.Create(File)) file.Write(damaged);
        Open().Add("w", [new("solo", [])]);
        Assert.Equal(["solo"], Open().Read("w").Tags);
        Assert.Contains("damaged", Assert.Single(_said), StringComparison.Ordinal);
        var aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!, "*damaged*"));
        Assert.Equal(damaged, System.IO.File.ReadAllBytes(aside));
    }

    [Fact]
    public void A_file_damaged_within_is_set_aside_too()
    {
        Open().Add("w", [.. Enumerable.Range(0, 2000).Select(i => new UsedTag($"tag_{i}", []))]);
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = 4096;
            file.Write(new byte[(int)file.Length - 4096]);
        }

        Assert.Empty(Open().Read("w").Tags);
        Assert.Single(_said);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!, "*damaged*"));
    }

    [Fact]
    public void A_newer_file_is_left_alone()
    {
        Open().Add("w", [new("solo", [])]);
        Run("PRAGMA user_version = 7");
        var bytes = System.IO.File.ReadAllBytes(File);
        Assert.Throws<TagDataException>(() => Open().Add("w", [new("smile", [])]));
        Assert.Throws<TagDataException>(() => Open().Read("w"));
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(File));
        Assert.Empty(_said);
    }

    [Fact]
    public void Another_programs_database_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        Run("CREATE TABLE notes (text TEXT)");
        var bytes = System.IO.File.ReadAllBytes(File);
        Assert.Throws<TagDataException>(() => Open().Add("w", [new("smile", [])]));
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void Everything_is_forgotten()
    {
        Open().Add("w", [new("solo", [])]);
        Open().Clear();
        Assert.False(System.IO.File.Exists(File));
        Open().Clear();
        Assert.Empty(Open().Read("w").Tags);
    }

    [Fact]
    public async Task Several_processes_may_count_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var usage = Open();
            for (var i = 0; i < 10; i++) usage.Add("w", [new("solo", [$"tag_{worker}"])]);
        })));
        Assert.Equal(4, Open().Read("w").Pairs.Count(pair => pair.Count == 10));
    }

    private TagUsage Open() => new(File, said =>
    {
        lock (_said) _said.Add(said);
    });

    private void Run(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
