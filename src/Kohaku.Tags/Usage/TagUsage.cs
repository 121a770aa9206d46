using Microsoft.Data.Sqlite;

namespace Kohaku.Tags;

/// <summary>
/// The user's own count of the tags that were used, in one SQLite file. It is opened for each reading and each batch, so it may be deleted at any time;
/// several processes may use it. One thread at a time.
/// </summary>
/// <param name="file">The file; made at the first batch.</param>
/// <param name="say">Told, in a sentence, of a damaged file that was set aside.</param>
public sealed class TagUsage(string file, Action<string> say)
{
    /// <summary>The file's name in the folder of the user's data.</summary>
    public const string FileName = "usage.db";

    /// <summary>The version of the schema, kept in <c>PRAGMA user_version</c>.</summary>
    public const int SchemaVersion = 1;

    /// <summary>So many pairs are kept at most; then all are halved, and those used once are forgotten.</summary>
    public const int MostPairs = 50_000;

    /// <summary>Marks a database as one of these, in <c>PRAGMA application_id</c>: "KohU".</summary>
    private const int ApplicationId = 0x4B6F6855;

    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    private const string Schema = """
        CREATE TABLE workspaces (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
        CREATE TABLE tags (
            workspace INTEGER NOT NULL REFERENCES workspaces (id),
            name TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (workspace, name)) WITHOUT ROWID;
        CREATE TABLE pairs (first TEXT NOT NULL, second TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (first, second)) WITHOUT ROWID;
        """;

    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>What was used so far.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="mostPairs">How many pairs at most.</param>
    /// <exception cref="TagDataException">The file cannot be read, or belongs to something else; it is as it was.</exception>
    public UsageCounts Read(string workspace, int mostPairs = MostPairs) =>
        System.IO.File.Exists(file) ? Guarded(() => ReadOnce(workspace, mostPairs)) : UsageCounts.None;

    /// <summary>Counts tags, in one short transaction.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="used">The tags.</param>
    /// <exception cref="TagDataException">The file cannot be written, or belongs to something else; it is as it was.</exception>
    public void Add(string workspace, IReadOnlyList<UsedTag> used)
    {
        ArgumentNullException.ThrowIfNull(used);
        Guarded(() => AddOnce(workspace, used));
    }

    /// <summary>Forgets everything: deletes the file.</summary>
    /// <exception cref="TagDataException">It cannot be deleted.</exception>
    public void Clear()
    {
        try
        {
            System.IO.File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TagDataException($"{file}: not deleted: {error.Message}", error);
        }
    }

    private UsageCounts ReadOnce(string workspace, int mostPairs)
    {
        using var connection = Open();
        using (var check = connection.CreateCommand())
        {
            check.CommandText = "PRAGMA quick_check(1)";
            if (check.ExecuteScalar() is not "ok") throw new SqliteException("it fails its integrity check", SqliteCorrupt);
        }

        var tags = new List<string>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT name FROM tags JOIN workspaces ON workspaces.id = tags.workspace WHERE path = $path ORDER BY count DESC, name";
            command.Parameters.AddWithValue("$path", workspace);
            using var rows = command.ExecuteReader();
            while (rows.Read()) tags.Add(rows.GetString(0));
        }

        var pairs = new List<UsedPair>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT first, second, count FROM pairs ORDER BY count DESC, first, second LIMIT $most";
            command.Parameters.AddWithValue("$most", mostPairs);
            using var rows = command.ExecuteReader();
            while (rows.Read()) pairs.Add(new UsedPair(rows.GetString(0), rows.GetString(1), rows.GetInt32(2)));
        }

        return new UsageCounts(tags, pairs);
    }

    private bool AddOnce(string workspace, IReadOnlyList<UsedTag> used)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        Run(connection, "INSERT OR IGNORE INTO workspaces (path) VALUES ($a)", workspace);
        foreach (var tag in used)
        {
            Run(
                connection,
                "INSERT INTO tags (workspace, name, count) SELECT id, $b, 1 FROM workspaces WHERE path = $a ON CONFLICT DO UPDATE SET count = count + 1",
                workspace,
                tag.Tag);
            foreach (var other in tag.Beside)
            {
                var order = string.CompareOrdinal(tag.Tag, other);
                if (order == 0) continue;
                Run(
                    connection,
                    "INSERT INTO pairs (first, second, count) VALUES ($a, $b, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                    order < 0 ? tag.Tag : other,
                    order < 0 ? other : tag.Tag);
            }
        }

        if (Sqlite.Number(connection, "SELECT count(*) FROM pairs") > MostPairs) Sqlite.Run(connection, "UPDATE pairs SET count = count / 2; DELETE FROM pairs WHERE count = 0");
        transaction.Commit();
        return true;
    }

    private static void Run(SqliteConnection connection, string statement, string a, string? b = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.Parameters.AddWithValue("$a", a);
        if (b is not null) command.Parameters.AddWithValue("$b", b);
        command.ExecuteNonQuery();
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            try
            {
                return work();
            }
            catch (SqliteException error) when (error.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
            {
                SetAside(error.Message);
                return work();
            }
        }
        catch (SqliteException error)
        {
            throw new TagDataException($"{file}: the count of used tags is out of use: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TagDataException($"{file}: the count of used tags is out of use: {error.Message}", error);
        }
    }

    // Whatever it holds may still be wanted: it is renamed, never written over.
    private void SetAside(string how)
    {
        var number = 1;
        while (System.IO.File.Exists(Aside(number))) number++;
        System.IO.File.Move(file, Aside(number));
        say($"{file}: the count of used tags is damaged ({how}); it was set aside as {Path.GetFileName(Aside(number))}, and counting begins anew");
    }

    private string Aside(int number) => Path.ChangeExtension(file, $".damaged-{number}.db");

    private SqliteConnection Open()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
        RegularFile.Require(file);
        var connection = Sqlite.Create(file);
        try
        {
            var version = Sqlite.Number(connection, "PRAGMA user_version");
            if (version == 0 && Sqlite.Number(connection, "SELECT count(*) FROM sqlite_master") == 0) Make(connection);
            else if (Sqlite.Number(connection, "PRAGMA application_id") != ApplicationId) throw new TagDataException($"{file}: not a count of used tags; it is left alone, and nothing is counted");
            else if (version != SchemaVersion) throw new TagDataException($"{file}: the count of used tags has version {version}, this program knows version {SchemaVersion}; nothing is counted");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Make(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);

        // Another process may have made it meanwhile.
        if (Sqlite.Number(connection, "PRAGMA user_version") == 0)
        {
            Sqlite.Run(connection, Schema);
            Sqlite.Run(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion};");
        }

        transaction.Commit();
    }
}
