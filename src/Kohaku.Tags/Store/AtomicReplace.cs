using Microsoft.Data.Sqlite;

namespace Kohaku.Tags;

/// <summary>
/// Replaces a file of the tag store: written beside, flushed to the disk, renamed. A killed process leaves the old file or the new one.
/// </summary>
internal static class AtomicReplace
{
    private const int NoSpaceUnix = 28;
    private const int OverQuotaUnix = 122;
    private const int ReadOnlyUnix = 30;
    private const int DiskFullWindows = 112;
    private const int SqliteFull = 13;
    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;

    /// <summary>What the names of unfinished files end with.</summary>
    public const string Unfinished = ".tmp";

    /// <summary>Writes a file's whole content.</summary>
    /// <exception cref="TagDataException">The disk is full, or the folder cannot be written. The old file is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = Beside(path);
        try
        {
            using (var handle = File.OpenHandle(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                RandomAccess.Write(handle, content, 0);
            }

            Finish(beside, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Remove(beside);
            throw NotWritten(path, error);
        }
    }

    /// <summary>The error that a file was not written, and why.</summary>
    public static TagDataException NotWritten(string path, Exception error)
    {
        var code = error is IOException ? error.HResult & 0xFFFF : 0;
        var isFull = code is NoSpaceUnix or OverQuotaUnix or DiskFullWindows || error is SqliteException { SqliteErrorCode: SqliteFull };
        var isReadOnly = code == ReadOnlyUnix || error is SqliteException { SqliteErrorCode: SqliteReadOnly };
        return new TagDataException(
            isFull ? $"{path}: the disk is full; nothing has changed: make room and run this again"
            : isReadOnly ? $"{path}: on a read-only file system; nothing has changed: set KOHAKU_DATA to a folder that can be written"
            : error is UnauthorizedAccessException ? $"{path}: no right to write there; nothing has changed: change the folder's rights, or set KOHAKU_DATA to another"
            // SQLite has one error for a quota, a broken disk and all else that is not plainly a full one.
            : error is SqliteException { SqliteErrorCode: SqliteInputOutput } ? $"{path}: the disk is full, over a quota or broken; nothing has changed: make room, or set KOHAKU_DATA to another folder, and run this again"
            : $"{path}: not written: {error.Message}",
            error);
    }

    /// <summary>Flushes an unfinished file to the disk and gives it its name.</summary>
    public static void Finish(string beside, string path)
    {
        using (var handle = File.OpenHandle(beside, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>A name beside a file that no other process uses.</summary>
    public static string Beside(string path) => $"{path}.{Guid.NewGuid():N}{Unfinished}";

    /// <summary>Takes a file away that is no longer needed; one that cannot be removed now stays for a later cleaning.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Still open elsewhere, on a system that forbids removing it then: nobody is harmed by it.
            return;
        }
    }
}
