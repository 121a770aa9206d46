using Microsoft.Data.Sqlite;

namespace Kohaku.Tags;

/// <summary>
/// The user's tags on disk: databases and indexes named by their content, and a small file that names those in use. Where nothing was imported the shipped index is used.
/// </summary>
/// <remarks>
/// No file that others may have open is overwritten: an import writes new ones, flushes them and replaces the small file last. A process killed at any moment leaves the old state or the new.
/// </remarks>
public sealed class TagStore
{
    private const int Locked = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    private readonly string _shipped;

    /// <summary>The store in a folder, over a shipped index.</summary>
    /// <param name="folder">The folder; made at the first import.</param>
    /// <param name="shippedIndex">The index used where nothing was imported; <see cref="ShippedData.IndexPath"/> where null.</param>
    public TagStore(string folder, string? shippedIndex = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Folder = folder;
        _shipped = shippedIndex ?? ShippedData.IndexPath;
    }

    /// <summary>Where the user's data lies: <c>$XDG_DATA_HOME/kohaku</c> (else <c>~/.local/share/kohaku</c>), <c>%LOCALAPPDATA%\kohaku</c>, <c>~/Library/Application Support/kohaku</c>.</summary>
    public static string DefaultFolder
    {
        get
        {
            var given = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            var home = !string.IsNullOrEmpty(given) && Path.IsPathRooted(given) ? given
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "kohaku");
        }
    }

    /// <summary>The small file whose replacement puts other tags into use.</summary>
    public const string PointerName = StorePointer.FileName;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Whether tags were imported.</summary>
    public bool HasImports => StorePointer.Read(Folder) is not null;

    /// <summary>The index in use, found by reading one small file.</summary>
    public string CurrentIndexPath => StorePointer.Read(Folder) is { } pointer ? Path.Combine(Folder, pointer.Index) : _shipped;

    /// <summary>Opens the index in use. A damaged or missing one is said and made again: from the database, or else the shipped one is used.</summary>
    /// <remarks>
    /// An index is read from end to end only where its file is not what it was when that was last done: another length or time of writing. To read all of it at each start would cost
    /// more than the start.
    /// </remarks>
    /// <param name="say">Told, in a sentence, what was wrong and what was done.</param>
    /// <param name="verify">Whether it is read from end to end in any case.</param>
    /// <exception cref="TagDataException">The shipped index itself cannot be used.</exception>
    public TagIndex Open(Action<string>? say = null, bool verify = false)
    {
        if (StorePointer.Read(Folder, say) is not { } pointer)
        {
            return OpenShipped(verify);
        }

        try
        {
            var index = TagIndex.Open(Path.Combine(Folder, pointer.Index));
            if (verify || index.Stamp != pointer.Stamp)
            {
                Verify(index, pointer);
            }

            return index;
        }
        catch (TagDataException) when (StorePointer.Read(Folder) is { } now && (now.Index, now.Database) != (pointer.Index, pointer.Database))
        {
            // An import ended between the two reads and took the old index away.
            return Open(say, verify);
        }
        catch (TagDataException damage)
        {
            say?.Invoke(damage.Message);
            return Repair(pointer, say);
        }
    }

    /// <summary>Reads all that is in use from end to end; what is damaged is said and made again.</summary>
    /// <param name="say">Told, in a sentence, what was wrong and what was done.</param>
    /// <returns>Whether all was whole.</returns>
    /// <exception cref="TagDataException">The shipped index itself cannot be used, or what was damaged cannot be made again.</exception>
    public bool Check(Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(say);
        var isWhole = true;
        using (Open(Say, verify: true))
        {
            if (HasImports)
            {
                Database(Say);
            }
        }

        return isWhole;

        void Say(string said)
        {
            isWhole = false;
            say(said);
        }
    }

    /// <summary>
    /// The database of the tags in use, made on first need. A damaged or missing one is said and made again: from the index in use, or else from the shipped facts.
    /// </summary>
    /// <exception cref="TagDataException">It cannot be made, or another process is importing.</exception>
    public string Database(Action<string>? say = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var turn = TakeTurn();
        if (StorePointer.Read(Folder, say) is not { } pointer)
        {
            using var shipped = OpenShipped();
            return WriteDatabase(shipped, say, progress, cancellation);
        }

        var path = Path.Combine(Folder, pointer.Database);
        try
        {
            TagDatabase.Verify(path);
            return path;
        }
        catch (TagDataException damage)
        {
            say?.Invoke(damage.Message);
        }

        var result = Commit(Facts(pointer, say, database: false), known: 0, progress, cancellation);
        return result.DatabasePath;
    }

    /// <summary>Brings a list into the store: a new database, then a new index, then both are used from the next start on.</summary>
    /// <param name="list">The list.</param>
    /// <param name="mode">What becomes of the tags that are there.</param>
    /// <param name="say">Told where the old database was damaged and what was used in its place.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops; nothing has changed then.</param>
    /// <exception cref="TagDataException">The disk is full or cannot be written, or another process is importing. Nothing has changed then.</exception>
    public ImportResult Import(
        TagList list, ImportMode mode, Action<string>? say = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(list);
        using var turn = TakeTurn();
        var older = Facts(StorePointer.Read(Folder, say), say, database: true);
        var merged = mode == ImportMode.Merge ? TagMerge.Merge(older, list) : list;
        return Commit(merged, older.Rows.Count, progress, cancellation);
    }

    /// <summary>Forgets all imports: the shipped tags are used from the next start on.</summary>
    public void Reset()
    {
        using var turn = TakeTurn();
        AtomicReplace.Remove(Path.Combine(Folder, StorePointer.FileName));
        Clean(null);
    }

    private TagIndex OpenShipped(bool verify = false)
    {
        try
        {
            var index = TagIndex.Open(_shipped);
            if (verify)
            {
                Verified(index);
            }

            return index;
        }
        catch (TagDataException damage)
        {
            throw new TagDataException($"{damage.Message}; install kohaku again, the file ships with it", damage);
        }
    }

    private void Verify(TagIndex index, StorePointer pointer)
    {
        Verified(index);
        if (index.Stamp == pointer.Stamp)
        {
            return;
        }

        try
        {
            using var turn = TakeTurn();
            if (StorePointer.Read(Folder) == pointer)
            {
                (pointer with { Stamp = index.Stamp }).Write(Folder);
            }
        }
        catch (TagDataException)
        {
            // Another's folder, or a full disk: the next start reads it from end to end once more.
            return;
        }
    }

    private static void Verified(TagIndex index)
    {
        try
        {
            index.Verify();
        }
        catch (TagDataException)
        {
            index.Dispose();
            throw;
        }
    }

    private TagIndex Repair(StorePointer pointer, Action<string>? say)
    {
        TagList list;
        try
        {
            list = TagDatabase.Read(Path.Combine(Folder, pointer.Database));
        }
        catch (TagDataException damage)
        {
            say?.Invoke(damage.Message);
            say?.Invoke("the tags that ship are used: import your lists again");
            return OpenShipped();
        }

        try
        {
            using var turn = TakeTurn();
            var result = Commit(list, 0, null, CancellationToken.None);
            say?.Invoke("the index was made again from the database");
            return TagIndex.Open(result.IndexPath);
        }
        catch (TagDataException refused)
        {
            say?.Invoke(refused.Message);
            say?.Invoke("the index was made again from the database, for this run alone");
            return TagIndex.FromBytes(list.ToIndex().Build(), pointer.Index);
        }
    }

    /// <summary>The facts in use, from the best source that is whole.</summary>
    private TagList Facts(StorePointer? pointer, Action<string>? say, bool database)
    {
        if (pointer is not null && database)
        {
            try
            {
                return TagDatabase.Read(Path.Combine(Folder, pointer.Database));
            }
            catch (TagDataException damage)
            {
                say?.Invoke(damage.Message);
            }
        }

        if (pointer is not null)
        {
            try
            {
                using var index = TagIndex.Open(Path.Combine(Folder, pointer.Index));
                index.Verify();
                say?.Invoke("the database was made again from the index: nothing is lost");
                return TagList.Of(index);
            }
            catch (TagDataException damage)
            {
                say?.Invoke(damage.Message);
                say?.Invoke("the database was made again from the shipped facts: import your lists again");
            }
        }

        using var shipped = OpenShipped();
        return TagList.Of(shipped);
    }

    private ImportResult Commit(TagList list, int known, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new ImportProgress("building the index", 0, null));
        var bytes = list.ToIndex().Build();
        using var index = TagIndex.FromBytes(bytes);
        var name = NameOf(index);
        try
        {
            var database = WriteDatabase(index, null, progress, cancellation);
            var indexPath = Path.Combine(Folder, name + ".index");
            if (!IsWhole(indexPath))
            {
                AtomicReplace.Write(indexPath, bytes);
            }

            cancellation.ThrowIfCancellationRequested();
            var stamp = StorePointer.StampOf(bytes.Length, File.GetLastWriteTimeUtc(indexPath));
            new StorePointer(Path.GetFileName(indexPath), Path.GetFileName(database), stamp).Write(Folder);
            return new ImportResult(index.Count, Math.Max(0, index.Count - known), indexPath, database);
        }
        finally
        {
            // After a success the old files go, after a failure the new ones: the pointer knows which. One that cannot be read says nothing, so all stay.
            var inUse = StorePointer.Read(Folder);
            if (inUse is not null || !File.Exists(Path.Combine(Folder, StorePointer.FileName)))
            {
                Clean(inUse);
            }
        }
    }

    private string WriteDatabase(TagIndex index, Action<string>? say, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var path = Path.Combine(Folder, NameOf(index) + ".db");
        if (File.Exists(path))
        {
            try
            {
                TagDatabase.Verify(path);
                return path;
            }
            catch (TagDataException damage)
            {
                say?.Invoke(damage.Message);
                say?.Invoke("the database was made again from the shipped facts");
            }
        }

        var beside = AtomicReplace.Beside(path);
        try
        {
            TagDatabase.Write(beside, index, progress, cancellation);
            AtomicReplace.Finish(beside, path);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw AtomicReplace.NotWritten(path, error);
        }
        finally
        {
            AtomicReplace.Remove(beside);
        }
    }

    private static bool IsWhole(string indexPath)
    {
        try
        {
            using var index = TagIndex.Open(indexPath);
            index.Verify();
            return true;
        }
        catch (TagDataException)
        {
            return false;
        }
    }

    private static string NameOf(TagIndex index) => $"tags-{index.ContentHash[..16]}";

    /// <summary>Takes away what no pointer names and what killed imports left behind. Only done in one's turn, so no import is under way.</summary>
    private void Clean(StorePointer? pointer)
    {
        foreach (var path in Directory.EnumerateFiles(Folder))
        {
            var name = Path.GetFileName(path);
            var isOurs = name.StartsWith("tags-", StringComparison.Ordinal) || name.EndsWith(AtomicReplace.Unfinished, StringComparison.Ordinal);
            if (isOurs && name != pointer?.Index && name != pointer?.Database)
            {
                AtomicReplace.Remove(path);
            }
        }
    }

    /// <summary>Keeps a second importing process away; the system frees the lock of a killed one.</summary>
    private FileStream TakeTurn()
    {
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicReplace.NotWritten(Folder, error);
        }

        var path = Path.Combine(Folder, "lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult is Locked or LockedOnMac or LockedOnWindows)
        {
            throw new TagDataException($"{Folder}: another process is importing tags: run this again when it is done", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicReplace.NotWritten(path, error);
        }
    }
}
