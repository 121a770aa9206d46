using System.Buffers;

namespace Kohaku.Files;

/// <summary>The bytes of a small file in a pooled buffer.</summary>
internal readonly struct FileContent : IDisposable
{
    // Files of prompts are far smaller: then one read takes all, and the second finds the end.
    private const int FirstRead = 32 << 10;

    private readonly byte[] buffer;
    private readonly int length;

    private FileContent(byte[] buffer, int length) => (this.buffer, this.length) = (buffer, length);

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Reads all of a file, or of a pipe where it may wait for one; the default value where there is a problem.</summary>
    public static FileContent Read(string path, int limit, bool mayWait, out FileProblem? problem)
    {
        problem = null;
        try
        {
            using var source = FileSource.Open(path, mayWait);
            var buffer = ArrayPool<byte>.Shared.Rent(FirstRead);
            var length = 0;
            while (true)
            {
                int read;
                try
                {
                    read = source.Read(buffer.AsSpan(length), length);
                }
                catch
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    throw;
                }

                if (read == 0) return new FileContent(buffer, length);

                length += read;
                if (length > limit)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    problem = new FileProblem(path, $"larger than {limit >> 20} MB; split it, or give the prompts as JSON Lines on standard input");
                    return default;
                }

                if (length == buffer.Length) buffer = Grow(buffer);
            }
        }
        catch (Exception error) when (FileProblem.IsExpected(error))
        {
            problem = FileProblem.From(error, path);
            return default;
        }
    }

    public void Dispose()
    {
        if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 4);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
