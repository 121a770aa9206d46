using Microsoft.Data.Sqlite;

namespace Kohaku.Tags;

/// <summary>Connections to databases, without a pool: a file is free again as soon as it is closed.</summary>
internal static class Sqlite
{
    /// <summary>Opens a database that is only read, and leaves nothing beside it.</summary>
    public static SqliteConnection OpenForReading(string file) => Open(IsQuiet(file) ? Unchanging(file) : file, SqliteOpenMode.ReadOnly);

    /// <summary>Makes a new database, or opens one for writing.</summary>
    public static SqliteConnection Create(string file) => Open(file, SqliteOpenMode.ReadWriteCreate);

    /// <summary>Runs a statement.</summary>
    public static void Run(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    /// <summary>The one number that a statement gives.</summary>
    public static long Number(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    /// <summary>The one text that a statement gives; null where there is none.</summary>
    public static string? Text(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar() as string;
    }

    /// <summary>Whether a database keeps a log (<c>journal_mode=WAL</c>) that nobody writes now: there is none beside it.</summary>
    private static bool IsQuiet(string file)
    {
        const int FormatAt = 19;
        const int Logging = 2;
        if (!File.Exists(file) || File.Exists(file + "-wal")) return false;

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            stream.Position = FormatAt;
            return stream.ReadByte() == Logging;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // SQLite says so in its own words.
            return false;
        }
    }

    // Whoever opens a log for reading makes one, cannot remove it again, and needs a folder that can be written (sqlite.org/wal.html, "Read-Only Databases").
    private static string Unchanging(string file) => $"file:{Uri.EscapeDataString(Path.GetFullPath(file))}?immutable=1";

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        // Named here so that trimming keeps it: the package itself looks for it by name.
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
