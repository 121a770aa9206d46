using System.Buffers;
using System.Text;
using CsCheck;

namespace Kohaku.Files.Tests;

public sealed class BlockReaderTests
{
    [Fact]
    public void Lines_come_in_order_with_their_numbers() =>
        Assert.Equal(["1 a", "2 b", "3 ", "4 c"], Lines("a\r\nb\n\nc"u8.ToArray(), 4, 64, 3));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_line() =>
        Assert.Equal(["1 a"], Lines([0xEF, 0xBB, 0xBF, (byte)'a', (byte)'\n'], 16, 64, 16));

    [Fact]
    public void A_line_over_the_limit_is_skipped_and_counted() =>
        Assert.Equal(["1 a", "2 too long", "3 b", "4 too long"], Lines(Encoding.UTF8.GetBytes($"a\n{new string('x', 100)}\nb\n{new string('y', 100)}"), 8, 16, 5));

    [Fact]
    public void However_a_stream_is_cut_its_lines_are_the_same() =>
        Gen.String[Gen.Char["ab\r\n"], 0, 60].Select(Gen.Int[4, 16], Gen.Int[1, 20]).Sample((text, block, piece) =>
        {
            var expected = text.Split('\n').Select((line, i) => $"{i + 1} {(line.EndsWith('\r') ? line[..^1] : line)}").ToList();
            if (text.Length == 0 || text.EndsWith('\n')) expected.RemoveAt(expected.Count - 1);
            return Lines(Encoding.UTF8.GetBytes(text), block, 64, piece).SequenceEqual(expected);
        });

    [Fact]
    public void An_endless_line_takes_no_more_memory_than_a_block()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var stream = new EndlessLine(1L << 30);
        using var block = new BlockReader(stream).Read();
        Assert.True(block!.IsTooLong);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100 << 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Results_stand_in_the_order_of_the_stream(int jobs)
    {
        var input = string.Concat(Enumerable.Range(0, 5000).Select(n => $"{n}\n"));
        using var output = new MemoryStream();
        BlockPipeline.Run(new BlockReader(new MemoryStream(Encoding.UTF8.GetBytes(input)), 64, 1024), output, jobs, static () => new object(),
            static (_, block, result) =>
            {
                foreach (var line in block.Lines)
                {
                    result.Write(line.Bytes);
                    result.Write("\n"u8);
                }
            });
        Assert.Equal(input, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_a_thread_throws_ends_the_run(int jobs)
    {
        var reader = new BlockReader(new EndlessLines(), 64, 1024);
        var error = Assert.Throws<InvalidOperationException>(() => BlockPipeline.Run(reader, Stream.Null, jobs, static () => new object(),
            static (_, block, _) => throw new InvalidOperationException($"block {(block.FirstLine > 0 ? 1 : 0)}")));
        Assert.Equal("block 1", error.Message);
    }

    private static List<string> Lines(byte[] bytes, int blockSize, int limit, int piece)
    {
        var reader = new BlockReader(new Pieces(bytes, piece), blockSize, limit);
        var lines = new List<string>();
        while (reader.Read() is { } block)
        {
            if (block.IsTooLong) lines.Add($"{block.FirstLine} too long");
            foreach (var line in block.Lines) lines.Add($"{line.Number} {Encoding.UTF8.GetString(line.Bytes)}");
            block.Dispose();
        }

        return lines;
    }

    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }

    private sealed class EndlessLine(long length) : MemoryStream
    {
        private long left = length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, left);
            buffer.AsSpan(offset, read).Fill((byte)'x');
            left -= read;
            return read;
        }
    }

    private sealed class EndlessLines : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'\n');
            return count;
        }
    }
}
