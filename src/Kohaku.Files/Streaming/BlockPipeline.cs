using System.Buffers;
using System.Runtime.ExceptionServices;

namespace Kohaku.Files;

/// <summary>Works on a stream's blocks with several threads and writes what they make in the order of the stream.</summary>
/// <remarks>A thread that is ready takes the next block; one that is done early leaves its result and goes on. At most four blocks a thread are under way.</remarks>
public static class BlockPipeline
{
    /// <summary>Runs to the stream's end; what a thread throws ends all of them and is thrown here.</summary>
    /// <typeparam name="TWorker">What a thread keeps from block to block: parser, buffers, caches.</typeparam>
    /// <param name="reader">Where the blocks come from.</param>
    /// <param name="output">Where results go, block after block; flushed behind each.</param>
    /// <param name="jobs">How many threads, the caller's included.</param>
    /// <param name="createWorker">Called once in each thread.</param>
    /// <param name="process">Writes a block's results into the buffer; the block is disposed of afterwards.</param>
    public static void Run<TWorker>(
        BlockReader reader, Stream output, int jobs, Func<TWorker> createWorker, Action<TWorker, LineBlock, ArrayBufferWriter<byte>> process)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        new BlockWork<TWorker>(reader, output, jobs, process).Run(jobs, createWorker);
    }
}

/// <summary>One run of a <see cref="BlockPipeline"/>.</summary>
internal sealed class BlockWork<TWorker>
{
    private readonly BlockReader reader;
    private readonly Stream output;
    private readonly Action<TWorker, LineBlock, ArrayBufferWriter<byte>> process;
    private readonly Lock reading = new();
    private readonly object writing = new();
    private readonly ArrayBufferWriter<byte>?[] done;
    private readonly Stack<ArrayBufferWriter<byte>> free = new();
    private long taken;
    private long written;
    private bool hasWriter;
    private ExceptionDispatchInfo? failure;

    public BlockWork(BlockReader reader, Stream output, int jobs, Action<TWorker, LineBlock, ArrayBufferWriter<byte>> process)
    {
        (this.reader, this.output, this.process) = (reader, output, process);
        done = new ArrayBufferWriter<byte>?[4 * jobs];
    }

    public void Run(int jobs, Func<TWorker> createWorker)
    {
        var threads = new Thread[jobs - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() => Work(createWorker)) { IsBackground = true };
            threads[i].Start();
        }

        Work(createWorker);
        foreach (var thread in threads) thread.Join();
        failure?.Throw();
    }

    private void Work(Func<TWorker> createWorker)
    {
        try
        {
            var worker = createWorker();
            while (Take(out var number) is { } block)
            {
                var result = Buffer();
                using (block) process(worker, block, result);
                Leave(number, result);
            }
        }
        catch (Exception error)
        {
            lock (writing)
            {
                failure ??= ExceptionDispatchInfo.Capture(error);
                Monitor.PulseAll(writing);
            }
        }
    }

    private LineBlock? Take(out long number)
    {
        lock (reading)
        {
            lock (writing)
            {
                while (taken - written >= done.Length && failure is null) Monitor.Wait(writing);
                number = taken;
                if (failure is not null) return null;
            }

            var block = reader.Read();
            if (block is not null) taken++;
            return block;
        }
    }

    private ArrayBufferWriter<byte> Buffer()
    {
        lock (writing) return free.TryPop(out var buffer) ? buffer : new ArrayBufferWriter<byte>();
    }

    private void Leave(long number, ArrayBufferWriter<byte> result)
    {
        lock (writing)
        {
            done[number % done.Length] = result;
            if (hasWriter) return;
            hasWriter = true;
        }

        while (Next() is { } buffer)
        {
            output.Write(buffer.WrittenSpan);
            output.Flush();
            buffer.ResetWrittenCount();
            lock (writing)
            {
                free.Push(buffer);
                done[written % done.Length] = null;
                written++;
                Monitor.PulseAll(writing);
            }
        }
    }

    private ArrayBufferWriter<byte>? Next()
    {
        lock (writing)
        {
            var next = done[written % done.Length];
            hasWriter = next is not null && failure is null;
            return hasWriter ? next : null;
        }
    }
}
