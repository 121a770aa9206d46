using System.Buffers;

namespace Kohaku.Files;

/// <summary>Cuts a stream of lines into blocks of whole lines, with flat memory whatever the stream holds.</summary>
/// <remarks>
/// A block ends with what the stream gave: a pipe whose writer waits for answers is never made to wait for a full block.
/// A line over the limit is skipped as it comes in and stands as one block without bytes.
/// </remarks>
public sealed class BlockReader
{
    /// <summary>The usual size of a block in bytes.</summary>
    public const int DefaultBlockSize = 1 << 20;

    /// <summary>The longest line in bytes, its line end included.</summary>
    public const int DefaultLineLimit = 16 << 20;

    private readonly Stream stream;
    private readonly int blockSize;
    private readonly int lineLimit;
    private byte[] carry = [];
    private int carried;
    private long nextLine;
    private bool isStarted;
    private bool isEnded;

    /// <param name="stream">Read to its end and not closed.</param>
    /// <param name="blockSize">How much is read at once.</param>
    /// <param name="lineLimit">The longest line, its line end included; at least <paramref name="blockSize"/>.</param>
    /// <param name="firstLine">The number of the first line: of a part of a stream, where that part begins.</param>
    public BlockReader(Stream stream, int blockSize = DefaultBlockSize, int lineLimit = DefaultLineLimit, long firstLine = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(lineLimit, blockSize);
        (this.stream, this.blockSize, this.lineLimit, nextLine) = (stream, blockSize, lineLimit, firstLine);

        // A byte-order mark belongs to the stream's begin; inside it is a character like any other, and a part must be read as it is within the whole.
        isStarted = firstLine > 1;
    }

    /// <summary>The next block, or null at the stream's end. Throws what the stream throws.</summary>
    public LineBlock? Read()
    {
        if (isEnded) return null;

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(blockSize, Math.Min(carried * 2, lineLimit)));
        carry.AsSpan(0, carried).CopyTo(buffer);
        var length = carried;
        carried = 0;
        while (true)
        {
            if (length >= lineLimit) return SkipLine(buffer);
            if (length == buffer.Length) buffer = Grow(buffer);

            var read = stream.Read(buffer, length, Math.Min(buffer.Length, lineLimit) - length);
            if (read == 0) return End(buffer, length);

            var end = buffer.AsSpan(length, read).LastIndexOf((byte)'\n');
            var fresh = length;
            length += read;
            if (end < 0) continue;

            var whole = fresh + end + 1;
            Carry(buffer.AsSpan(whole, length - whole));
            return Block(buffer, whole);
        }
    }

    private LineBlock? End(byte[] buffer, int length)
    {
        isEnded = true;
        if (length > 0) return Block(buffer, length);

        ArrayPool<byte>.Shared.Return(buffer);
        return null;
    }

    private LineBlock Block(byte[] buffer, int length)
    {
        if (!isStarted)
        {
            isStarted = true;
            if (buffer.AsSpan(0, length).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            {
                buffer.AsSpan(3, length - 3).CopyTo(buffer);
                length -= 3;
            }
        }

        var first = nextLine;
        nextLine += buffer.AsSpan(0, length).Count((byte)'\n');
        return new LineBlock(buffer, length, first, isTooLong: false);
    }

    private LineBlock SkipLine(byte[] buffer)
    {
        isStarted = true;
        try
        {
            while (true)
            {
                var read = stream.Read(buffer, 0, buffer.Length);
                isEnded = read == 0;
                var end = buffer.AsSpan(0, read).IndexOf((byte)'\n');
                if (!isEnded && end < 0) continue;

                if (!isEnded) Carry(buffer.AsSpan(end + 1, read - end - 1));
                return new LineBlock(null, 0, nextLine++, isTooLong: true);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Carry(ReadOnlySpan<byte> rest)
    {
        if (carry.Length < rest.Length) carry = new byte[Math.Max(rest.Length, 4096)];
        rest.CopyTo(carry);
        carried = rest.Length;
    }

    private byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, lineLimit));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
