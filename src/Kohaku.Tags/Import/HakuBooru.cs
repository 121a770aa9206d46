using Microsoft.Data.Sqlite;

namespace Kohaku.Tags;

/// <summary>
/// Reads the tags of a database as HakuBooru (KohakuBlueleaf/HakuBooru, <c>hakubooru/dataset/db.py</c>) lays it out:
/// table <c>tag</c> with <c>name</c>, <c>type</c> (0 general, 1 artist, 2 character, 3 copyright, 4 meta) and <c>popularity</c>. The posts are not read.
/// </summary>
public static class HakuBooru
{
    /// <summary>Reads the tags; the database is opened for reading only.</summary>
    /// <exception cref="TagDataException">It cannot be read, or has no such table.</exception>
    public static TagList Read(string file, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            RegularFile.Require(file);
            using var connection = Sqlite.OpenForReading(file);
            return ReadTags(file, connection, progress, cancellation);
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException or InvalidCastException)
        {
            // The last two: a value that is missing or of another type.
            throw new TagDataException($"{file}: cannot be read as a HakuBooru database: {error.Message}", error);
        }
        catch (IOException refused)
        {
            throw new TagDataException($"{file}: {refused.Message}", refused);
        }
    }

    private static TagList ReadTags(string file, SqliteConnection connection, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        if (Sqlite.Number(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'tag'") == 0)
        {
            throw new TagDataException($"{file}: no table `tag` in this database: a HakuBooru database has one with name, type and popularity");
        }

        var list = new TagList();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, type, popularity FROM tag WHERE popularity > 0";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (list.Rows.Count % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new ImportProgress("reading", list.Rows.Count, null));
            }

            var name = reader.GetString(0);
            if (TagText.Fits(name))
            {
                list.Rows.Add(new TagRow(name, Category(file, name, reader.GetInt64(1)), (int)Math.Clamp(reader.GetInt64(2), 0, int.MaxValue), []));
            }
        }

        return list;
    }

    private static TagCategory Category(string file, string name, long type) => type switch
    {
        0 => TagCategory.General,
        1 => TagCategory.Artist,
        2 => TagCategory.Character,
        3 => TagCategory.Series,
        4 => TagCategory.Meta,
        _ => throw new TagDataException($"{file}: tag `{name}` has type {type}, which HakuBooru does not know"),
    };
}
