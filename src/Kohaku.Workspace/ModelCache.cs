using Kohaku.Files;

namespace Kohaku.Workspace;

/// <summary>The cache of models with adapters merged in: each file can be made again, so any may go.</summary>
/// <remarks>
/// The time of a file's last use is its time of last access, set here at each use: file systems that note no accesses keep that one all the same.
/// Its time of last writing says whether it is still what was written (<see cref="IsIntact"/>). A process that has a file open keeps it: on Unix after it is deleted, on Windows by its not being deleted.
/// </remarks>
/// <param name="folder">Where the files lie; made on first use.</param>
/// <param name="limit">Bytes to keep.</param>
public sealed class ModelCache(string folder, long limit = ModelCache.DefaultLimit)
{
    /// <summary>What is kept: 20 GB.</summary>
    public const long DefaultLimit = 20_000_000_000;

    /// <summary>The key of a file's metadata that says when it was written, in ticks of UTC.</summary>
    public const string WrittenKey = "kohaku.written";

    /// <summary>The key of a file's metadata that says what it is made of, for people.</summary>
    public const string ContentKey = "kohaku.content";

    private const string Extension = ".safetensors";

    /// <summary>Where the files lie.</summary>
    public string Folder { get; } = folder;

    /// <summary>The cache of a run: <c>$KOHAKU_CACHE/models</c>, else below where the system keeps such data (<c>~/.cache/kohaku</c>, <c>%LOCALAPPDATA%\kohaku\cache</c>, <c>~/Library/Caches/kohaku</c>).</summary>
    public static ModelCache Of(Surroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(surroundings);
        var given = surroundings.Variable("KOHAKU_CACHE");
        return new ModelCache(Path.Combine(string.IsNullOrEmpty(given) ? DefaultFolder(surroundings) : surroundings.Absolute(given), "models"));
    }

    /// <summary>Where the file of a key lies, whether it is there or not.</summary>
    public string PathOf(string key) => Path.Combine(Folder, key + Extension);

    /// <summary>All files, the last used first.</summary>
    /// <exception cref="UserException">The folder cannot be read.</exception>
    public IReadOnlyList<CachedModel> List()
    {
        try
        {
            var files = new DirectoryInfo(Folder).EnumerateFiles("*" + Extension).Select(file => new CachedModel(file.FullName, file.Length, file.LastAccessTimeUtc));
            return [.. files.OrderByDescending(file => file.LastUse).ThenBy(file => file.Path, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{Folder}: {refused.Message}", "Set KOHAKU_CACHE to a folder of your own");
        }
    }

    /// <summary>Whether a file is whole, and as it was written; a broken one is deleted.</summary>
    /// <remarks>A header that is sound means that no byte is missing; a time of writing other than the header's, that some byte may be another. To compare gigabytes at each start would cost more than to merge anew.</remarks>
    public static bool IsIntact(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path)) return false;
        if (SafetensorsHeader.TryRead(path, out var header, out _)
            && header.Metadata.TryGetValue(WrittenKey, out var written)
            && written == Ticks(File.GetLastWriteTimeUtc(path))
            && IsComplete(path, header))
        {
            return true;
        }

        TryDelete(path);
        return false;
    }

    /// <summary>The time to write into a new file, and to give it: a little ago, so that any change to come has another.</summary>
    public static DateTime WritingTime(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var now = time.GetUtcNow().UtcDateTime;
        // Whole even seconds: all that some file systems keep.
        return new DateTime(now.Ticks / TimeSpan.TicksPerSecond / 2 * 2 * TimeSpan.TicksPerSecond, DateTimeKind.Utc).AddSeconds(-10);
    }

    /// <summary>A time as <see cref="WrittenKey"/> has it.</summary>
    public static string Ticks(DateTime time) => time.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Notes that a file is used now.</summary>
    public static void Touch(string path, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            File.SetLastAccessTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Another user's cache, or one that cannot be written: it is read all the same, and leaves a little too early.
        }
    }

    /// <summary>Deletes the least recently used files until the rest is within the limit, and what killed runs left.</summary>
    /// <param name="keep">A file that stays in any case.</param>
    public void Trim(string keep)
    {
        AtomicFile.RemoveLeftovers(Folder);
        long sum = 0;
        foreach (var file in List().OrderByDescending(file => file.Path == keep))
        {
            sum += file.Length;
            if (sum > limit && file.Path != keep && TryDelete(file.Path)) sum -= file.Length;
        }
    }

    /// <summary>Deletes all files.</summary>
    /// <returns>Those that could not be deleted, for they are in use or another's.</returns>
    public IReadOnlyList<CachedModel> Clear()
    {
        var left = List().Where(file => !TryDelete(file.Path)).ToList();
        AtomicFile.RemoveLeftovers(Folder);
        return left;
    }

    private static string DefaultFolder(Surroundings surroundings)
    {
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "kohaku", "cache");
        if (surroundings.Variable("XDG_CACHE_HOME") is { } given && Path.IsPathRooted(given)) return Path.Combine(given, "kohaku");

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length == 0 ? Path.Combine(Path.GetTempPath(), "kohaku")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches", "kohaku")
            : Path.Combine(home, ".cache", "kohaku");
    }

    // A header says where the last tensor ends; what is longer was not written here.
    private static bool IsComplete(string path, SafetensorsHeader header) =>
        header.Tensors is [.., var last] && new FileInfo(path).Length == last.Offset + last.Length;

    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>A file of the cache.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Length">In bytes.</param>
/// <param name="LastUse">When it was last used, UTC.</param>
public sealed record CachedModel(string Path, long Length, DateTime LastUse);
