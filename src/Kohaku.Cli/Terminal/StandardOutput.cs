using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kohaku.Cli.Terminal;

/// <summary>Standard output as a stream of bytes, whose reader may go away: <c>kohaku lint | head</c>.</summary>
internal static partial class StandardOutput
{
    private const int Descriptor = 1;
    private const int SetPipeSize = 1031;
    private const int WidePipe = 256 * 1024;

    /// <summary>Opens it.</summary>
    /// <returns>For a pipe, a stream that says so when the reader is gone; for a file the console's, which shares the file's position with standard error.</returns>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();

        var handle = new SafeFileHandle(Descriptor, ownsHandle: false);
        var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    /// <summary>Lets a pipe hold 256 KB where the system can: through the usual 64 KB, an answer of 20 MB wakes writer and reader by turns 300 times.</summary>
    /// <remarks>What is no pipe, or may not grow, stays as it is: nothing depends on it but speed.</remarks>
    public static void Widen()
    {
        if (OperatingSystem.IsLinux()) _ = fcntl(Descriptor, SetPipeSize, WidePipe);
    }

    /// <summary>Whether a write failed because its reader has gone, which is how a pipe ends and no error.</summary>
    public static bool IsReaderGone(IOException failure) => OperatingSystem.IsWindows()
        ? failure.HResult is unchecked((int)0x8007006D) or unchecked((int)0x800700E8)
        : failure.HResult == 32;

    /// <summary>Whether a write failed because no space is left.</summary>
    public static bool IsFull(Exception failure) => failure is IOException && (OperatingSystem.IsWindows() ? failure.HResult == unchecked((int)0x80070070) : failure.HResult == 28);

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command, int argument);
}
