using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Kohaku.Files;

/// <summary>A new file beside others, on its way to a name of theirs. What is not renamed is deleted.</summary>
/// <remarks>
/// It is locked from its making until it has its name, so that the file of a killed run is known by having no lock: whoever next writes into the folder deletes it. Where a system
/// keeps no locks (some network mounts) a file that is still being written may go that way; its writer then says so, and the file that was to be replaced is as it was.
/// </remarks>
internal sealed class UnfinishedFile : IDisposable
{
    private const string Prefix = ".kohaku-";
    private const string Extension = ".tmp";

    private const int Locked = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    // Enough for the lock: on Unix all but None share, on Windows a name must be free to change.
    private const FileShare Shared = FileShare.Read | FileShare.Delete;

    private static readonly ConcurrentDictionary<string, byte> Cleaned = new(StringComparer.Ordinal);
    private static int counter;

    private string? path;

    private UnfinishedFile(SafeFileHandle handle, string path) => (Handle, this.path) = (handle, path);

    /// <summary>The open file.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Where it lies until it has its name.</summary>
    public string Path => path ?? throw new ObjectDisposedException(nameof(UnfinishedFile));

    /// <summary>Makes one in a folder, from which it first takes away what killed runs left there.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static UnfinishedFile Create(string folder)
    {
        try
        {
            // Once in a process: a run that fixes a thousand files of a folder need not look through it a thousand times.
            if (Cleaned.TryAdd(folder, 0)) RemoveLeftovers(folder);
            return CreateIn(folder);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException("no right to write in its folder, nothing was changed; change the folder's rights", refused);
        }
    }

    /// <summary>Whether a name is one of these.</summary>
    public static bool IsOne(ReadOnlySpan<char> name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal);

    /// <summary>Deletes what killed runs left in a folder; what is being written stays, and what may not be deleted.</summary>
    public static void RemoveLeftovers(string folder)
    {
        List<string> leftovers;
        try
        {
            leftovers = [.. Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}")];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // What is to be written here will be refused too, and that is told.
            return;
        }

        foreach (var leftover in leftovers) TryRemove(leftover);
    }

    private static void TryRemove(string leftover)
    {
        try
        {
            // Nobody else has it open while this has: on Windows it has to go afterwards.
            using (File.OpenHandle(leftover, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                if (!OperatingSystem.IsWindows()) File.Delete(leftover);
            }

            if (OperatingSystem.IsWindows()) File.Delete(leftover);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // In use, or another's: nobody is harmed by it.
            return;
        }
    }

    /// <summary>Gives it its name, over a file that has it.</summary>
    public void MoveTo(string name)
    {
        File.Move(Path, name, overwrite: true);
        path = null;
    }

    /// <summary>Gives it its name, where nobody has that.</summary>
    /// <exception cref="IOException">The name is taken.</exception>
    public void MoveToFree(string name)
    {
        // .NET's move looks whether the name is free and renames then: of two that look at once, the second writes over the first.
        if (!NativeFile.IsSupported || !NativeFile.TryMoveToFree(Path, name))
        {
            // After a link the first name goes with the rest.
            if (NativeFile.IsSupported && NativeFile.TryLink(Path, name)) return;

            // Where there are no hard links either, others of this program wait; on Windows the system itself refuses.
            using (FolderLock.Take(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(name))!)) File.Move(Path, name, overwrite: false);
        }

        path = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Before the lock goes: else another could find the name, without a lock, and this delete what that one makes there.
        if (path is not null && !OperatingSystem.IsWindows()) File.Delete(path);
        Handle.Dispose();
        if (path is not null && OperatingSystem.IsWindows()) File.Delete(path);
        path = null;
    }

    private static UnfinishedFile CreateIn(string folder)
    {
        while (true)
        {
            var path = System.IO.Path.Combine(folder, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref counter)}{Extension}");
            try
            {
                return new UnfinishedFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, Shared), path);
            }
            catch (IOException refused) when (File.Exists(path) || refused.HResult is Locked or LockedOnMac or LockedOnWindows)
            {
                // Left by a killed process of the same number, or taken for such a one in the moment between its making and its lock: the next name is free.
            }
        }
    }
}
