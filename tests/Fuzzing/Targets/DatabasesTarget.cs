using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Tags;
using Microsoft.Data.Sqlite;

namespace Kohaku.Fuzzing.Targets;

/// <summary>SQLite files, HakuBooru's and the program's own, damaged or with any values: tags or one error that names the file, and the file stays as it was.</summary>
/// <remarks>An input is a whole database file.</remarks>
internal sealed class DatabasesTarget : Target
{
    private const int PageSize = 512;

    private static readonly string[] s_values = ["NULL", "''", "'a'", "'1girl'", "'long_hair'", "x'00FF'", "1", "0", "-1", "4", "9", "1.5", "9223372036854775807", "'12'", "'x'", "1e999", "'" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" + "'"];

    private static readonly string[] s_schemas =
    [
        "CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT, type INTEGER, popularity INTEGER)", "CREATE TABLE tag (name, type, popularity)", "CREATE TABLE tag (name TEXT, type TEXT, popularity TEXT)", "CREATE TABLE tag (name BLOB)",
        "CREATE VIEW tag AS SELECT 'a' AS name, 0 AS type, 1 AS popularity", "CREATE TABLE tag (name TEXT NOT NULL, type INTEGER NOT NULL, popularity INTEGER NOT NULL) WITHOUT ROWID", "CREATE TABLE other (x)", "",
    ];

    private readonly CaseFile _file = new();

    /// <summary>What is tested.</summary>
    public Func<string, TagList> Read { get; init; } = static path => HakuBooru.Read(path);

    /// <inheritdoc/>
    public override string Name => "databases";

    /// <inheritdoc/>
    public override int MaximumLength => 16 * PageSize;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "tag", "name", "type", "popularity", "SQLite format 3\0", "CREATE TABLE", "\0\0", "\0\u0001" }.Select(word => System.Text.Encoding.ASCII.GetBytes(word))];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var path = Path.Combine(_file.Folder, "made.db");
        File.Delete(path);
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            connection.Open();
            Run(connection, $"PRAGMA page_size = {PageSize}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
            var schema = dice.OneIn(3) ? dice.Pick(s_schemas) : s_schemas[0];
            if (schema.Length > 0) TryRun(connection, schema);
            for (var rows = dice.Length(8); rows > 0; rows--)
                TryRun(connection, $"INSERT INTO tag (name, type, popularity) VALUES ({(dice.OneIn(4) ? dice.Pick(s_values) : $"'{PromptTexts.Tag(dice).Replace("'", "''", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)}'")}, {(dice.OneIn(4) ? dice.Pick(s_values) : "0")}, {(dice.OneIn(4) ? dice.Pick(s_values) : "100")})");
        }

        return File.ReadAllBytes(path);
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        // What a case before left must not fail this one.
        foreach (var left in Directory.GetFiles(_file.Folder, "a.db*")) File.Delete(left);
        var path = _file.Write("a.db", input);
        Expect(path, () =>
        {
            foreach (var row in Read(path).Rows) Must.Hold(row.Posts >= 0 && Enum.IsDefined(row.Category) && TagText.Fits(row.Name), "a tag has a number of posts, a category that there is and a name that fits");
        });
        Expect(path, () => TagDatabase.Read(path));
        Expect(path, () => TagDatabase.Verify(path));
        Must.Hold(File.ReadAllBytes(path).AsSpan().SequenceEqual(input), "a database that is read stays as it was");
        Must.Hold(Directory.GetFiles(_file.Folder, "a.db*").Length == 1, "reading leaves no file behind");
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => $"{input.Length} bytes";

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin()
    {
        for (var number = 0; number < 4; number++) yield return Make(new Dice(0, number));
        var path = Path.Combine(_file.Folder, "own.db");
        var builder = new TagIndexBuilder { AsOf = 20231130 };
        builder.Add(new TagRow("1girl", TagCategory.General, 5000, ["one girl"]));
        builder.Add(new TagRow("solo", TagCategory.General, 4000, []));
        builder.AddImplication("solo", "1girl");
        builder.AddTranslation("solo", "単独");
        using var index = TagIndex.FromBytes(builder.Build());
        TagDatabase.Write(path, index);
        yield return File.ReadAllBytes(path);
    }

    private static void Expect(string path, Action read)
    {
        try
        {
            read();
        }
        catch (TagDataException error)
        {
            Must.Hold(error.Message.StartsWith(path, StringComparison.Ordinal), "an error names the file", () => error.Message);
        }
    }

    private static void TryRun(SqliteConnection connection, string statement)
    {
        try
        {
            Run(connection, statement);
        }
        catch (SqliteException)
        {
            // A value that the schema refuses: the row is left out.
        }
    }

    private static void Run(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
