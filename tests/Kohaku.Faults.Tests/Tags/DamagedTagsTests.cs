using System.Globalization;
using System.Text;
using Kohaku.Faults.Tests.Harness;
using Kohaku.LanguageServer.Tests;
using Kohaku.Tags;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Kohaku.Faults.Tests.Tags;

/// <summary>The user's tags damaged anywhere: said, and made again where that is possible; never other tags without a word. <c>KOHAKU_FAULT_ROUNDS</c> damages each kind of page so often.</summary>
public sealed class DamagedTagsTests : IDisposable
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("KOHAKU_FAULT_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 12;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("KOHAKU_FAULT_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 1;

    private readonly Scratch _scratch = new();
    private readonly ITestOutputHelper _output;
    private readonly string _shipped;
    private readonly List<string> _said = [];

    public DamagedTagsTests(ITestOutputHelper output)
    {
        _output = output;
        _shipped = Path.Combine(_scratch.Root, "shipped.index");
        var shipped = new TagList();
        shipped.Rows.Add(new TagRow("shipped tag", TagCategory.General, 9, []));
        shipped.ToIndex().Write(_shipped);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_database_has_the_kinds_of_pages_that_are_damaged_here()
    {
        Assert.Equal(["header", "interior index", "interior table", "leaf index", "leaf table"], DatabasePages.ByKind(File.ReadAllBytes(Import().DatabasePath)).Keys);
        Assert.Equal(["freelist", "header", "interior index", "interior table", "leaf index", "leaf table", "overflow", "pointer map"], DatabasePages.ByKind(File.ReadAllBytes(Foreign())).Keys);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("interior index")]
    [InlineData("interior table")]
    [InlineData("leaf index")]
    [InlineData("leaf table")]
    public void A_database_damaged_in_a_page_gives_its_facts_or_says_that_it_is_damaged(string kind)
    {
        var path = Import().DatabasePath;
        var whole = File.ReadAllBytes(path);
        var facts = Facts().ToIndex().Build();
        var tally = Each(whole, kind, damaged =>
        {
            Scratch.Put(path, damaged);
            try
            {
                return TagDatabase.Read(path).ToIndex().Build().AsSpan().SequenceEqual(facts) ? null : "other facts";
            }
            catch (TagDataException said)
            {
                return said.Message.StartsWith(path, StringComparison.Ordinal) ? "said" : said.Message;
            }
        });

        Assert.DoesNotContain("other facts", tally.Keys);
        Assert.All(tally.Keys, key => Assert.Contains(key, (string[])["", "said"]));
        Assert.True(tally["said"] > 0);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("interior index")]
    [InlineData("leaf table")]
    public void A_store_whose_database_is_damaged_makes_it_again_from_the_index(string kind)
    {
        var imported = Import();
        var whole = File.ReadAllBytes(imported.DatabasePath);
        Each(whole, kind, damaged =>
        {
            Scratch.Put(imported.DatabasePath, damaged);
            _said.Clear();
            var store = Store();
            var isWhole = store.Check(_said.Add);
            if (!isWhole && !_said.Contains("the database was made again from the index: nothing is lost")) return string.Join("; ", _said);

            using var index = store.Open();
            return Knows(index) && store.Check(_said.Add) ? null : "the store is not mended";
        }, most: 3, expected: [""]);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("interior index")]
    [InlineData("interior table")]
    [InlineData("leaf index")]
    [InlineData("leaf table")]
    [InlineData("overflow")]
    [InlineData("freelist")]
    [InlineData("pointer map")]
    public void A_database_of_others_damaged_in_a_page_is_read_or_said_to_be_damaged(string kind)
    {
        var path = Foreign();
        var tally = Each(File.ReadAllBytes(path), kind, damaged =>
        {
            Scratch.Put(path, damaged);
            try
            {
                HakuBooru.Read(path);
                return null;
            }
            catch (TagDataException said)
            {
                return said.Message.StartsWith(path, StringComparison.Ordinal) ? "said" : said.Message;
            }
        });

        Assert.All(tally.Keys, key => Assert.Contains(key, (string[])["", "said"]));
    }

    [Fact]
    public void An_index_damaged_anywhere_is_made_again_from_the_database()
    {
        var imported = Import();
        var whole = File.ReadAllBytes(imported.IndexPath);
        var tally = Tally("index", () =>
        {
            var damaged = Damage(whole, 0, whole.Length, out var isSame);
            Scratch.Put(imported.IndexPath, damaged);
            _said.Clear();
            using var index = Store().Open(_said.Add);
            return !Knows(index) ? "other tags" : isSame || _said.Contains("the index was made again from the database") ? null : "not a word";
        }, 4 * Rounds);

        Assert.Equal([""], tally.Keys);
    }

    [Fact]
    public void An_index_damaged_behind_the_systems_back_is_found_by_the_check()
    {
        var imported = Import();
        var written = File.GetLastWriteTimeUtc(imported.IndexPath);
        var whole = File.ReadAllBytes(imported.IndexPath);
        whole[whole.Length / 2] ^= 4;
        Scratch.Put(imported.IndexPath, whole);
        File.SetLastWriteTimeUtc(imported.IndexPath, written);

        Store().Open(_said.Add).Dispose();
        Assert.Empty(_said);
        Assert.False(Store().Check(_said.Add));
        Assert.EndsWith("its content does not match its checksum", _said[0], StringComparison.Ordinal);
        Assert.Equal("the index was made again from the database", _said[1]);
        Assert.True(Store().Check(_said.Add));
    }

    [Fact]
    public void The_small_file_damaged_at_any_byte_gives_the_tags_or_says_why_not()
    {
        Import();
        var path = Path.Combine(_scratch.Data, TagStore.PointerName);
        var whole = File.ReadAllBytes(path);
        var database = Directory.GetFiles(_scratch.Data, "*.db")[0];
        var (databaseBytes, indexBytes) = (File.ReadAllBytes(database), File.ReadAllBytes(Path.ChangeExtension(database, "index")));
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var bit in (byte[])[1, 32, 128])
            {
                var damaged = whole.ToArray();
                damaged[at] ^= bit;
                Scratch.Put(database, databaseBytes);
                Scratch.Put(Path.ChangeExtension(database, "index"), indexBytes);
                Scratch.Put(path, damaged);
                _said.Clear();
                using var index = Store().Open(_said.Add);
                Assert.True(Knows(index) || _said.Count > 0, $"byte {at}, bit {bit}");
            }
        }
    }

    [Fact]
    public void Both_damaged_the_tags_that_ship_are_used_and_it_is_said()
    {
        var imported = Import();
        foreach (var path in (string[])[imported.DatabasePath, imported.IndexPath])
        {
            var bytes = File.ReadAllBytes(path);
            bytes.AsSpan(bytes.Length / 2).Clear();
            Scratch.Put(path, bytes);
        }

        using var index = Store().Open(_said.Add);
        Assert.True(index.TryFind("shipped tag", out _));
        Assert.Equal("the tags that ship are used: import your lists again", _said[^1]);
    }

    [Fact]
    public void The_index_is_used_where_it_cannot_be_kept()
    {
        var imported = Import();
        File.Delete(imported.IndexPath);
        using var other = new FileStream(Path.Combine(_scratch.Data, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var index = Store().Open(_said.Add);

        Assert.True(Knows(index));
        Assert.Equal("the index was made again from the database, for this run alone", _said[^1]);
    }

    [Fact]
    public void The_command_line_says_it_and_mends_it()
    {
        var index = new TagStore(_scratch.Data).Import(Facts(), ImportMode.Merge).IndexPath;
        var written = File.GetLastWriteTimeUtc(index);
        Assert.Equal(0, KohakuProgram.Run(_scratch, ["tags", "check"]).Code);
        var bytes = File.ReadAllBytes(index);
        bytes[^100] ^= 1;
        Scratch.Put(index, bytes);
        File.SetLastWriteTimeUtc(index, written);
        var check = KohakuProgram.Run(_scratch, ["tags", "check"]);

        Assert.Equal(1, check.Code);
        Assert.Equal($"warning: {index}: the tag index is damaged: its content does not match its checksum\nwarning: the index was made again from the database\n", check.Error);
        Assert.Equal(0, KohakuProgram.Run(_scratch, ["tags", "check"]).Code);
        Assert.Equal(0, KohakuProgram.Run(_scratch, ["tags", "info", "imported tag 7"]).Code);
    }

    [Fact]
    public void An_index_kept_of_a_database_is_made_again_once_something_else_wrote_it()
    {
        var database = Import().DatabasePath;
        File.Move(database, _scratch["mine.db"]);
        Directory.Delete(_scratch.Data, recursive: true);
        _scratch.Write("kohaku.json", """{ "tags": { "databases": ["mine.db"] } }""");
        _scratch.Write("a.prompt", "imported_tag_7");
        var first = KohakuProgram.Run(_scratch, ["lint", "--format", "concise", "a.prompt"]);
        var kept = Assert.Single(Directory.GetFiles(Path.Combine(_scratch.Data, "indexes")));
        Scratch.Put(kept, Encoding.UTF8.GetBytes("damaged"));

        Assert.Equal(first.Output, KohakuProgram.Run(_scratch, ["lint", "--format", "concise", "a.prompt"]).Output);
        File.SetLastWriteTimeUtc(_scratch["mine.db"], DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal(first.Output, KohakuProgram.Run(_scratch, ["lint", "--format", "concise", "a.prompt"]).Output);
        Assert.NotEqual(kept, Assert.Single(Directory.GetFiles(Path.Combine(_scratch.Data, "indexes"))));
    }

    private TagStore Store() => new(_scratch.Data, _shipped);

    private ImportResult Import() => Store().Import(Facts(), ImportMode.Replace);

    private static TagList Facts()
    {
        var list = new TagList { AsOf = 20240301 };
        for (var i = 0; i < 1500; i++) list.Rows.Add(new TagRow($"imported tag {i}", (TagCategory)(i % 2), i, [$"imported alias {i}"], i % 3 == 0 ? TagFlags.Deprecated : TagFlags.None));
        for (var i = 1; i < 400; i++) list.Implications.Add(($"imported tag {i}", $"imported tag {i - 1}"));
        for (var i = 0; i < 400; i++) list.Translations.Add(($"imported tag {i}", $"札{i}"));
        return list;
    }

    private static bool Knows(TagIndex index) => TagList.Of(index).ToIndex().Build().AsSpan().SequenceEqual(Facts().ToIndex().Build());

    // With all kinds of pages: long names, rows that were deleted, a file that keeps track of its pages.
    private string Foreign()
    {
        var path = Path.Combine(_scratch.Root, "foreign.db");
        if (File.Exists(path)) return path;

        using var connection = Sqlite.Create(path);
        Sqlite.Run(connection, "PRAGMA auto_vacuum = INCREMENTAL; CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT UNIQUE, type INTEGER, popularity INTEGER);");
        using (var transaction = connection.BeginTransaction())
        {
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO tag (name, type, popularity) VALUES ($name, 0, 5)";
            var name = insert.Parameters.Add("$name", SqliteType.Text);
            for (var i = 0; i < 3000; i++)
            {
                name.Value = i % 50 == 0 ? new string((char)('a' + (i % 26)), 9000) + i : $"foreign_tag_{i}";
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        Sqlite.Run(connection, "DELETE FROM tag WHERE id > 2000");
        return path;
    }

    private SortedDictionary<string, int> Each(byte[] whole, string kind, Func<byte[], string?> judge, int? most = null, string[]? expected = null)
    {
        var pages = DatabasePages.ByKind(whole)[kind];
        var size = DatabasePages.SizeOf(whole);
        var random = new Random(Seed);
        var tally = Tally(kind, () => judge(Damage(whole, (pages[random.Next(pages.Count)] - 1) * size, size, out _)), Math.Min(Rounds, most ?? int.MaxValue));
        if (expected is not null) Assert.Equal(expected, tally.Keys);
        return tally;
    }

    private SortedDictionary<string, int> Tally(string what, Func<string?> round, int rounds)
    {
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < rounds; i++)
        {
            var answer = round() ?? "";
            tally[answer] = tally.GetValueOrDefault(answer) + 1;
        }

        var said = string.Join(", ", tally.Select(pair => $"{pair.Value} {(pair.Key.Length == 0 ? "right" : pair.Key)}"));
        _output.WriteLine($"{what}: {said}");
        if (Environment.GetEnvironmentVariable("KOHAKU_FAULT_REPORT") is { Length: > 0 } file) File.AppendAllText(file, $"damage\t{what}\tseed {Seed}\t{said}\n");
        return tally;
    }

    private readonly Random _random = new(Seed);

    // One bit, some bytes, zeros, ones, or the end of the file, from a place within a stretch on.
    private byte[] Damage(byte[] whole, int start, int length, out bool isSame)
    {
        var bytes = whole.ToArray();
        var at = start + _random.Next(length);
        var stretch = bytes.AsSpan(at, Math.Min(_random.Next(1, 64), start + length - at));
        switch (_random.Next(6))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 2:
                _random.NextBytes(stretch);
                break;
            case 3:
                bytes.AsSpan(start, length).Clear();
                break;
            case 4:
                stretch.Fill(0xFF);
                break;
            default:
                Array.Resize(ref bytes, at);
                break;
        }

        isSame = bytes.AsSpan().SequenceEqual(whole);
        return bytes;
    }
}
