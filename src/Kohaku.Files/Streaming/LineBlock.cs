using System.Buffers;

namespace Kohaku.Files;

/// <summary>A stretch of whole lines from a stream, in a pooled buffer: the piece of work of one thread.</summary>
public sealed class LineBlock : IDisposable
{
    private byte[]? buffer;
    private readonly int length;

    internal LineBlock(byte[]? buffer, int length, long firstLine, bool isTooLong)
    {
        (this.buffer, this.length) = (buffer, length);
        (FirstLine, IsTooLong) = (firstLine, isTooLong);
    }

    /// <summary>The number of the block's first line, from 1.</summary>
    public long FirstLine { get; }

    /// <summary>Whether this stands for one line that was longer than the limit: it was skipped, and there are no bytes.</summary>
    public bool IsTooLong { get; }

    /// <summary>The lines with their line ends; the stream's last line may have none.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>The lines one by one. None where <see cref="IsTooLong"/>.</summary>
    public LineEnumerator Lines => new(Bytes, FirstLine);

    /// <summary>Gives the buffer back; the bytes must not be used afterwards.</summary>
    public void Dispose()
    {
        if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
    }
}

/// <summary>A line of a stream.</summary>
/// <param name="bytes">The line without its LF or CR LF.</param>
/// <param name="number">From 1.</param>
public readonly ref struct StreamLine(ReadOnlySpan<byte> bytes, long number)
{
    /// <summary>The line without its LF or CR LF.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>From 1.</summary>
    public long Number { get; } = number;
}

/// <summary>Goes over the lines of a block.</summary>
public ref struct LineEnumerator
{
    private ReadOnlySpan<byte> rest;
    private ReadOnlySpan<byte> line;
    private long number;

    internal LineEnumerator(ReadOnlySpan<byte> bytes, long firstLine)
    {
        rest = bytes;
        number = firstLine - 1;
    }

    /// <summary>The line stood at.</summary>
    public readonly StreamLine Current => new(line, number);

    /// <summary>For <c>foreach</c>.</summary>
    public readonly LineEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next line.</summary>
    public bool MoveNext()
    {
        if (rest.IsEmpty) return false;

        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        if (!line.IsEmpty && line[^1] == '\r') line = line[..^1];
        number++;
        return true;
    }
}
