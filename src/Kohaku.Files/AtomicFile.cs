using Microsoft.Win32.SafeHandles;

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
/// A killed process leaves the old file or the new one, and at most a <c>.kohaku-*.tmp</c> beside it, which is never linted.
/// A link is followed to the file it names; the file's rights stay. Hard links to it part, as with every editor that renames.
/// </remarks>
public static class AtomicFile
{
    private static int counter;

    /// <summary>Whether a name is that of a file that a killed run left behind.</summary>
    public static bool IsLeftover(ReadOnlySpan<char> name) =>
        name.StartsWith(".kohaku-", StringComparison.Ordinal) && name.EndsWith(".tmp", StringComparison.Ordinal);

    /// <summary>Replaces a file that was read as <paramref name="expected"/>; two processes that do so never lose each other's work.</summary>
    public static ReplaceOutcome Replace(string path, ReadOnlySpan<byte> content, ReadOnlySpan<byte> expected, out FileProblem? problem)
    {
        try
        {
            var target = Target(path);
            problem = WhyNotWritable(path, target);
            if (problem is not null) return ReplaceOutcome.Failed;

            var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
            var temporary = WriteBeside(folder, content, File.Exists(target) ? target : null);
            try
            {
                // The slow part, the flush, is behind us: the lock covers only comparison and rename.
                using (FolderLock.Take(folder))
                {
                    if (!Holds(target, expected)) return ReplaceOutcome.ChangedSinceRead;

                    File.Move(temporary, target, overwrite: true);
                    temporary = null;
                }
            }
            finally
            {
                if (temporary is not null) File.Delete(temporary);
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

            var temporary = WriteBeside(Path.GetDirectoryName(Path.GetFullPath(target))!, content, exists ? target : null);
            try
            {
                File.Move(temporary, target, overwrite: true);
                temporary = null;
            }
            finally
            {
                if (temporary is not null) File.Delete(temporary);
            }

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

            var temporary = WriteBeside(Path.GetDirectoryName(Path.GetFullPath(path))!, content, like: null);
            try
            {
                if (NameOnce(temporary, path)) temporary = null;
            }
            catch (IOException) when (Path.Exists(path))
            {
                return new FileProblem(path, AlreadyThere);
            }
            finally
            {
                if (temporary is not null) File.Delete(temporary);
            }

            return null;
        }
        catch (Exception error) when (FileProblem.IsExpected(error))
        {
            return FileProblem.From(error, path);
        }
    }

    // .NET's move looks whether the name is free and renames then: of two that look at once, the second writes over the first.
    private static bool NameOnce(string temporary, string path)
    {
        // The first name goes afterwards.
        if (NativeFile.IsSupported && NativeFile.TryLink(temporary, path)) return false;

        // Where there are no hard links, others of this program wait; on Windows the system itself refuses.
        using (FolderLock.Take(Path.GetDirectoryName(Path.GetFullPath(path))!)) File.Move(temporary, path, overwrite: false);
        return true;
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

    private static string WriteBeside(string folder, ReadOnlySpan<byte> content, string? like)
    {
        var handle = Create(folder, out var temporary);
        try
        {
            using (handle)
            {
                // Before the content: a private file is never readable by others, not even half a moment.
                if (like is not null && !OperatingSystem.IsWindows()) File.SetUnixFileMode(handle, File.GetUnixFileMode(like));
                RandomAccess.Write(handle, content, 0);
                RandomAccess.FlushToDisk(handle);
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return temporary;
    }

    /// <summary>A new file beside others, of a name that <see cref="IsLeftover"/> knows; the caller renames or deletes it.</summary>
    internal static SafeFileHandle Create(string folder, out string temporary)
    {
        try
        {
            return CreateIn(folder, out temporary);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException("no right to write in its folder, nothing was changed; change the folder's rights", refused);
        }
    }

    private static SafeFileHandle CreateIn(string folder, out string temporary)
    {
        while (true)
        {
            temporary = Path.Combine(folder, $".kohaku-{Environment.ProcessId}-{Interlocked.Increment(ref counter)}.tmp");
            try
            {
                return File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (File.Exists(temporary))
            {
                // Left by a killed process of the same number: the next name is free.
            }
        }
    }

    private static bool Holds(string target, ReadOnlySpan<byte> expected)
    {
        using var now = FileContent.Read(target, int.MaxValue / 4, mayWait: false, out var problem);
        return problem is null && now.Bytes.SequenceEqual(expected);
    }
}
