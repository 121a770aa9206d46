using System.Runtime.InteropServices;
using Kohaku.Tags;

namespace Kohaku.Files;

/// <summary>The system calls of Unix that .NET wraps in more of them than thousands of small files can bear.</summary>
internal static partial class NativeFile
{
    public const int ErrorNoEntry = 2;
    public const int ErrorNoDevice = 6;
    public const int ErrorInterrupted = 4;
    private const int ErrorInvalid = 22;
    private const int ErrorNoCall = 38;
    private const int ErrorNotSupportedOnMac = 45;
    private const int CurrentFolder = -100;
    private const uint NoReplace = 1;
    private const uint NoReplaceOnMac = 4;
    public const int ErrorAccess = 13;
    public const int ErrorExists = 17;
    public const int ErrorNotDirectory = 20;
    public const int ErrorIsDirectory = 21;
    public const int LockExclusive = 2;
    public const int SeekEnd = 2;
    public const int ProtectRead = 1;
    public const int MapPrivate = 2;

    // Read only, not inherited by child processes: the two systems number the second flag differently.
    private static readonly int ReadOnlyFlags = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 0x1000000 : 0x80000;

    // Without it the mere opening of a named pipe waits for its writer. A file that is one takes no notice.
    private static readonly int NoWaitFlag = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 0x4 : 0x800;

    private static readonly int ErrorLoop = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 62 : 40;

    public static bool IsSupported { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>Opens for reading; throws as <see cref="File"/> does.</summary>
    public static int OpenForReading(string path) => Open(path, ReadOnlyFlags);

    /// <summary>Opens what has a beginning and an end: pipes, sockets, terminals and devices are refused, and none is waited for.</summary>
    public static int OpenRegular(string path)
    {
        var descriptor = Open(path, ReadOnlyFlags | NoWaitFlag);
        if (RegularFile.IsFileOrFolder(descriptor)) return descriptor;

        _ = close(descriptor);
        throw new IOException(NotRegular);
    }

    /// <summary>Throws where a path names a pipe, a socket, a terminal or a device; of use before calls that would wait for it.</summary>
    public static void RequireRegular(string path)
    {
        if (IsSupported) _ = close(OpenRegular(path));
    }

    /// <summary>Renames a file; the system does it in one step, and not where the name is taken.</summary>
    /// <returns>Whether it did. Not every system and file system can.</returns>
    /// <exception cref="IOException">The name is taken, or the system refuses.</exception>
    public static bool TryMoveToFree(string path, string name)
    {
        try
        {
            var done = OperatingSystem.IsLinux() ? renameat2(CurrentFolder, path, CurrentFolder, name, NoReplace) : renamex_np(path, name, NoReplaceOnMac);
            if (done == 0) return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is ErrorInvalid or ErrorNoCall or ErrorNotSupportedOnMac ? false : throw Failure(error, name);
    }

    /// <summary>Gives a file a second name; the system does it in one step, and not where the name is taken.</summary>
    /// <returns>Whether it did. No file system without hard links can.</returns>
    /// <exception cref="IOException">The name is taken.</exception>
    public static bool TryLink(string path, string name)
    {
        if (link(path, name) == 0) return true;

        var error = Marshal.GetLastPInvokeError();
        return error == ErrorExists ? throw Failure(error, name) : false;
    }

    /// <summary>The path that links, at any place of it, lead to; throws as <see cref="File"/> does.</summary>
    public static unsafe string RealPath(string path)
    {
        if (!IsSupported) return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

        var resolved = realpath(path, null);
        if (resolved is null) throw Failure(Marshal.GetLastPInvokeError(), path);

        try
        {
            return Marshal.PtrToStringUTF8((nint)resolved)!;
        }
        finally
        {
            free(resolved);
        }
    }

    private const string NotRegular = "a pipe or a device, not a file; name it as a path of its own to read it, or leave it out";

    private static int Open(string path, int flags)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) throw new FileNotFoundException(null, path);

        while (true)
        {
            var descriptor = open(path, flags);
            if (descriptor >= 0) return descriptor;

            var error = Marshal.GetLastPInvokeError();
            if (error != ErrorInterrupted) throw Failure(error, path);
        }
    }

    public static Exception Failure(int error, string path) => error switch
    {
        ErrorNoEntry or ErrorNotDirectory => new FileNotFoundException(null, path),
        ErrorAccess => new UnauthorizedAccessException(),
        ErrorIsDirectory => new IOException("a directory, not a file; name the files in it"),
        ErrorNoDevice => new IOException(NotRegular),
        _ when error == ErrorLoop => new IOException("a link that leads back to itself; remove it"),
        _ => new IOException(Marshal.GetPInvokeErrorMessage(error), error),
    };

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(int folder, string path, int nameFolder, string name, uint flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renamex_np(string path, string name, uint flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string path, string name);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial byte* realpath(string path, byte* resolved);

    [LibraryImport("libc")]
    private static unsafe partial void free(void* memory);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial nint read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc")]
    public static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    public static partial long lseek(int descriptor, long offset, int origin);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial void* mmap(void* address, nint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc")]
    public static unsafe partial int munmap(void* address, nint length);
}
