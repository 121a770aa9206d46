using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kohaku.Files;

/// <summary>A file open for one reading from its start to its end.</summary>
/// <remarks>On 20,000 files of 600 bytes in the cache this took 6.5 µs a file, <see cref="RandomAccess"/> 9.5 µs: .NET adds a status call and two lock calls to each.</remarks>
internal readonly struct FileSource : IDisposable
{
    private readonly string path;
    private readonly int descriptor;
    private readonly SafeFileHandle? handle;

    private FileSource(string path, int descriptor, SafeFileHandle? handle) =>
        (this.path, this.descriptor, this.handle) = (path, descriptor, handle);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mayWait">Whether a pipe is read, and its writer waited for; else it is refused.</param>
    public static FileSource Open(string path, bool mayWait) => NativeFile.IsSupported
        ? new FileSource(path, mayWait ? NativeFile.OpenForReading(path) : NativeFile.OpenRegular(path), null)
        : new FileSource(path, -1, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>Reads what comes next, 0 at the end; <paramref name="offset"/> is how much was read before.</summary>
    public unsafe int Read(Span<byte> target, long offset)
    {
        if (handle is not null) return RandomAccess.Read(handle, target, offset);

        fixed (byte* start = target)
        {
            while (true)
            {
                var read = NativeFile.read(descriptor, start, target.Length);
                if (read >= 0) return (int)read;

                var error = Marshal.GetLastPInvokeError();
                if (error != NativeFile.ErrorInterrupted) throw NativeFile.Failure(error, path);
            }
        }
    }

    public void Dispose()
    {
        if (handle is not null) handle.Dispose();
        else _ = NativeFile.close(descriptor);
    }
}
