using System.Runtime.InteropServices;

namespace Kohaku.Files;

/// <summary>Keeps processes of ours apart while one compares and renames in a folder.</summary>
/// <remarks>
/// The lock lies on the folder itself: the files in it change their identity at each rename, and a lock file would be left behind.
/// Where the system knows no such lock (some network mounts) the comparison alone remains.
/// </remarks>
internal readonly struct FolderLock : IDisposable
{
    private readonly int descriptor;
    private readonly Mutex? mutex;

    private FolderLock(int descriptor, Mutex? mutex) => (this.descriptor, this.mutex) = (descriptor, mutex);

    public static FolderLock Take(string folder)
    {
        if (!NativeFile.IsSupported) return TakeMutex(folder);

        var descriptor = NativeFile.OpenForReading(folder);
        while (NativeFile.flock(descriptor, NativeFile.LockExclusive) != 0 && Marshal.GetLastPInvokeError() == NativeFile.ErrorInterrupted)
        {
        }

        return new FolderLock(descriptor, null);
    }

    public void Dispose()
    {
        if (mutex is null)
        {
            _ = NativeFile.close(descriptor);
            return;
        }

        mutex.ReleaseMutex();
        mutex.Dispose();
    }

    private static FolderLock TakeMutex(string folder)
    {
        var mutex = new Mutex(false, $"kohaku-{Hash(folder):x16}");
        try
        {
            mutex.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Its owner was killed; the lock is ours, and files are never half written.
        }

        return new FolderLock(-1, mutex);
    }

    private static ulong Hash(string folder)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var unit in folder) hash = (hash ^ char.ToUpperInvariant(unit)) * 0x100000001B3;
        return hash;
    }
}
