namespace Kohaku.Files;

/// <summary>What became of a replacement.</summary>
public enum ReplaceOutcome
{
    /// <summary>The file has the new content.</summary>
    Replaced,

    /// <summary>Someone else changed the file after it was read: nothing was written. Read it again and decide again.</summary>
    ChangedSinceRead,

    /// <summary>The system refused: nothing was written, and the problem says why.</summary>
    Failed,
}

/// <summary>Writes files whole or not at all: beside, flushed to the disk, then renamed over the old one.</summary>
/// <remarks>
/// A killed process leaves the old file or the new one, and at most a <c>.kohaku-*.tmp</c> beside it, which is never linted, and which the next to write into the folder deletes.
/// A link is followed to the file it names; the file's rights stay. Hard links to it part, as with every editor that renames.
/// </remarks>
public static class AtomicFile
{
    /// <summary>Whether a name is that of a file that is being written, or that a killed run left behind.</summary>
    public static bool IsLeftover(ReadOnlySpan<char> name) => UnfinishedFile.IsOne(name);

    /// <summary>Deletes what killed runs left in a folder; what is being written stays.</summary>
    public static void RemoveLeftovers(string folder) => UnfinishedFile.RemoveLeftovers(folder);

    /// <summary>Replaces a file that was read as <paramref name="expected"/>; two processes that do so never lose each other's work.</summary>
    public static ReplaceOutcome Replace(string path, ReadOnlySpan<byte> content, ReadOnlySpan<byte> expected, out FileProblem? problem)
    {
        try
        {
            var target = Target(path);
            problem = WhyNotWritable(path, target);
            if (problem is not null) return ReplaceOutcome.Failed;

            var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
            using var unfinished = WriteBeside(folder, content, File.Exists(target) ? target : null);

            // The slow part, the flush, is behind us: the lock covers only comparison and rename.
            using (FolderLock.Take(folder))
            {
                if (!Holds(target, expected)) return ReplaceOutcome.ChangedSinceRead;

                unfinished.MoveTo(target);
            }

            return ReplaceOutcome.Replaced;
        }
        catch (Exception error) when (FileProblem.IsExpected(error))
        {
            problem = FileProblem.From(error, path);
            return ReplaceOutcome.Failed;
        }
    }

    /// <summary>Writes a file that is the program's own (a report, a baseline), new or over the old one; null when done.</summary>
    public static FileProblem? Write(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            var target = Target(path);
            if (IsDevice(path) || IsDevice(target))
            {
                WriteDevice(path, content);
                return null;
            }

            var exists = File.Exists(target);
            if (exists && WhyNotWritable(path, target) is { } problem) return problem;

            using var unfinished = WriteBeside(Path.GetDirectoryName(Path.GetFullPath(target))!, content, exists ? target : null);
            unfinished.MoveTo(target);
            return null;
        }
        catch (Exception error) when (FileProblem.IsExpected(error))
        {
            return FileProblem.From(error, path);
        }
    }

    /// <summary>Writes a file that must not be there yet: whole, or not at all, and never over another, not even over one that appears meanwhile.</summary>
    /// <returns>Null when done.</returns>
    public static FileProblem? Create(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            if (Path.Exists(path)) return new FileProblem(path, AlreadyThere);

            using var unfinished = WriteBeside(Path.GetDirectoryName(Path.GetFullPath(path))!, content, like: null);
            try
            {
                unfinished.MoveToFree(path);
            }
            catch (IOException) when (Path.Exists(path))
            {
                return new FileProblem(path, AlreadyThere);
            }

            return null;
        }
        catch (Exception error) when (FileProblem.IsExpected(error))
        {
            return FileProblem.From(error, path);
        }
    }

    private const string AlreadyThere = "exists, nothing was written; remove it or choose another name";

    private static string Target(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    // Renaming over /dev/stdout or /dev/null would make a file of it.
    private static bool IsDevice(string target) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(target) is var full
        && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal));

    private static void WriteDevice(string target, ReadOnlySpan<byte> content)
    {
        using var device = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        device.Write(content);
    }

    private static FileProblem? WhyNotWritable(string path, string target)
    {
        NativeFile.RequireRegular(target);

        // Root may write to any file: what its owner marked as read-only stays as it is all the same.
        const UnixFileMode anyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        var readOnly = OperatingSystem.IsWindows()
            ? File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly)
            : (File.GetUnixFileMode(target) & anyWrite) == 0;
        try
        {
            if (!readOnly)
            {
                using (File.OpenHandle(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) return null;
            }
        }
        catch (UnauthorizedAccessException)
        {
            readOnly = true;
        }

        return readOnly ? new FileProblem(path, "read-only, nothing was changed; make it writable or leave it out of the fix") : null;
    }

    private static UnfinishedFile WriteBeside(string folder, ReadOnlySpan<byte> content, string? like)
    {
        var unfinished = UnfinishedFile.Create(folder);
        try
        {
            // Before the content: a private file is never readable by others, not even half a moment.
            if (like is not null && !OperatingSystem.IsWindows()) File.SetUnixFileMode(unfinished.Handle, File.GetUnixFileMode(like));
            RandomAccess.Write(unfinished.Handle, content, 0);
            RandomAccess.FlushToDisk(unfinished.Handle);
            return unfinished;
        }
        catch
        {
            unfinished.Dispose();
            throw;
        }
    }

    private static bool Holds(string target, ReadOnlySpan<byte> expected)
    {
        using var now = FileContent.Read(target, int.MaxValue / 4, mayWait: false, out var problem);
        return problem is null && now.Bytes.SequenceEqual(expected);
    }
}
