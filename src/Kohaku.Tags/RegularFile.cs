using System.Runtime.InteropServices;

namespace Kohaku.Tags;

/// <summary>Keeps readers away from what they would wait for or never see the end of: pipes, sockets, terminals and devices.</summary>
/// <remarks>It stands in the lowest project that reads files; those above use it too.</remarks>
public static partial class RegularFile
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint WantType = 1;
    private const int KindMask = 0xF000;
    private const int KindRegular = 0x8000;
    private const int KindFolder = 0x4000;

    /// <summary>Throws where a path names something else than a file or a folder. What is not there, or cannot be looked at, is the reader's to tell.</summary>
    /// <exception cref="IOException">It does; the message says what to do, without the path.</exception>
    public static unsafe void Require(string path)
    {
        if (OperatingSystem.IsWindows() || string.IsNullOrEmpty(path) || path.Contains('\0', StringComparison.Ordinal)) return;

        var status = stackalloc byte[256];
        var found = OperatingSystem.IsLinux() ? statx(CurrentFolder, path, 0, WantType, status) == 0
            : HasOldStatus ? stat64(path, status) == 0 : stat(path, status) == 0;
        if (found && !IsFileOrFolder(status)) throw new IOException("a pipe or a device, not a file; write what it holds into a file and name that");
    }

    /// <summary>Whether an open descriptor is a file or a folder.</summary>
    public static unsafe bool IsFileOrFolder(int descriptor)
    {
        var status = stackalloc byte[256];
        var found = OperatingSystem.IsLinux() ? statx(descriptor, "", EmptyPath, WantType, status) == 0
            : HasOldStatus ? fstat64(descriptor, status) == 0 : fstat(descriptor, status) == 0;
        return !found || IsFileOrFolder(status);
    }

    // On Intel the plain names of macOS' calls are those of a struct with short inode numbers (stat(2), "Transitional Description").
    private static bool HasOldStatus => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    // The mode's place in Linux' struct statx and in macOS' struct stat.
    private static unsafe bool IsFileOrFolder(byte* status) =>
        (*(ushort*)(status + (OperatingSystem.IsLinux() ? 28 : 4)) & KindMask) is KindRegular or KindFolder;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int stat(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int stat64(string path, byte* status);

    [LibraryImport("libc")]
    private static unsafe partial int fstat(int descriptor, byte* status);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64")]
    private static unsafe partial int fstat64(int descriptor, byte* status);
}
