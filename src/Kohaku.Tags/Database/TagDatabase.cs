using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Kohaku.Tags;

/// <summary>
/// The tags in SQLite: what imports are merged into and the index is made from. A file of it is written once and never changed: an import makes a new one.
/// </summary>
public static class TagDatabase
{
    /// <summary>The version of the schema, kept in <c>PRAGMA user_version</c>.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Marks a database as one of ours, in <c>PRAGMA application_id</c>: "Koha".</summary>
    private const int ApplicationId = 0x4B6F6861;

    private const string Schema = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE categories (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE flags (bit INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE tags (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            category INTEGER NOT NULL REFERENCES categories (id),
            posts INTEGER NOT NULL CHECK (posts >= 0),
            flags INTEGER NOT NULL);
        CREATE TABLE aliases (name TEXT PRIMARY KEY, tag INTEGER NOT NULL REFERENCES tags (id)) WITHOUT ROWID;
        CREATE TABLE implications (tag INTEGER NOT NULL REFERENCES tags (id), implied INTEGER NOT NULL REFERENCES tags (id), PRIMARY KEY (tag, implied)) WITHOUT ROWID;
        CREATE TABLE translations (tag INTEGER NOT NULL REFERENCES tags (id), text TEXT NOT NULL, PRIMARY KEY (tag, text)) WITHOUT ROWID;
        """;

    /// <summary>Writes a new database with all facts of an index.</summary>
    /// <param name="file">A file that does not exist yet.</param>
    /// <param name="index">The facts.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the writing; the file then has no use.</param>
    /// <exception cref="SqliteException">The file cannot be written, for instance as the disk is full.</exception>
    internal static void Write(string file, TagIndex index, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(index);
        using var connection = Sqlite.Create(file);
        // Nobody else knows the file yet, and it is flushed as a whole before it gets its name.
        Sqlite.Run(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;");
        Sqlite.Run(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion};");
        using var transaction = connection.BeginTransaction();
        Sqlite.Run(connection, Schema);
        new TagDatabaseWriter(connection, index, progress, cancellation).WriteAll();
        transaction.Commit();
    }

    /// <summary>Reads all facts of a database.</summary>
    /// <exception cref="TagDataException">It is missing, damaged, of another version, or no tag database.</exception>
    public static TagList Read(string file, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            using var connection = Open(file);
            return ReadAll(file, connection, cancellation);
        }
        catch (SqliteException error)
        {
            throw Damaged(file, error.Message, error);
        }
        catch (Exception error) when (error is InvalidCastException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw Damaged(file, error.Message, error);
        }
    }

    /// <summary>Checks a database from end to end: its pages, and its facts against their checksum.</summary>
    /// <exception cref="TagDataException">It is missing, damaged, of another version, or no tag database.</exception>
    public static void Verify(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            using var connection = Open(file);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check(1)";
            if (command.ExecuteScalar() is not "ok")
            {
                throw Damaged(file, "it fails its integrity check", null);
            }
        }
        catch (SqliteException error)
        {
            throw Damaged(file, error.Message, error);
        }

        Read(file);
    }

    private static SqliteConnection Open(string file)
    {
        if (!File.Exists(file))
        {
            throw new TagDataException($"{file}: the tag database is missing");
        }

        try
        {
            RegularFile.Require(file);
        }
        catch (IOException refused)
        {
            throw new TagDataException($"{file}: {refused.Message}", refused);
        }

        var connection = Sqlite.OpenForReading(file);
        try
        {
            if (Sqlite.Number(connection, "PRAGMA application_id") != ApplicationId)
            {
                throw new TagDataException($"{file}: not a tag database");
            }

            var version = Sqlite.Number(connection, "PRAGMA user_version");
            return version == SchemaVersion ? connection
                : throw new TagDataException($"{file}: the tag database has version {version}, this program reads version {SchemaVersion}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static TagDataException Damaged(string file, string how, Exception? inner)
    {
        var message = $"{file}: the tag database is damaged: {how}";
        return inner is null ? new TagDataException(message) : new TagDataException(message, inner);
    }

    private static TagList ReadAll(string file, SqliteConnection connection, CancellationToken cancellation)
    {
        var list = new TagList();
        var sum = new FactSum();
        var names = new Dictionary<long, string>();
        var aliases = new Dictionary<long, List<string>>();
        Each(connection, "SELECT tag, name FROM aliases ORDER BY tag, name", row =>
        {
            var tag = row.GetInt64(0);
            if (!aliases.TryGetValue(tag, out var own))
            {
                aliases[tag] = own = [];
            }

            own.Add(row.GetString(1));
        }, cancellation);
        Each(connection, "SELECT id, name, category, posts, flags FROM tags ORDER BY id", row =>
        {
            var category = TagCategories.TryRead(row.GetInt64(2).ToString(CultureInfo.InvariantCulture), out var known) ? known : throw new FormatException("a tag has no category");
            names[row.GetInt64(0)] = row.GetString(1);
            var tag = new TagRow(row.GetString(1), category, row.GetInt32(3), aliases.GetValueOrDefault(row.GetInt64(0)) ?? [], (TagFlags)row.GetByte(4));
            list.Rows.Add(tag);
            sum.Tag(tag.Name, row.GetInt64(2), tag.Posts, (long)tag.Flags);
            foreach (var alias in tag.Aliases) sum.Alias(tag.Name, alias);
        }, cancellation);
        Each(connection, "SELECT tag, implied FROM implications", row => list.Implications.Add((names[row.GetInt64(0)], names[row.GetInt64(1)])), cancellation);
        Each(connection, "SELECT tag, text FROM translations", row => list.Translations.Add((names[row.GetInt64(0)], row.GetString(1))), cancellation);
        list.AsOf = (int)Sqlite.Number(connection, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'as_of'");
        foreach (var (tag, implied) in list.Implications) sum.Implication(tag, implied);
        foreach (var (tag, text) in list.Translations) sum.Translation(tag, text);
        sum.AsOf(list.AsOf);

        // Databases of before this checksum have none.
        var expected = Sqlite.Text(connection, "SELECT value FROM meta WHERE key = 'facts'");
        return expected is null || expected == sum.ToString() ? list : throw Damaged(file, "its facts do not match their checksum", null);
    }

    private static void Each(SqliteConnection connection, string query, Action<SqliteDataReader> read, CancellationToken cancellation)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        for (var row = 0; reader.Read(); row++)
        {
            if (row % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            read(reader);
        }
    }
}
