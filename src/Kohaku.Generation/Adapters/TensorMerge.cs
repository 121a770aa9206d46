using System.Buffers;
using Kohaku.Files;
using Kohaku.Generation.Models;
using Microsoft.Win32.SafeHandles;

namespace Kohaku.Generation.Adapters;

/// <summary>A tensor of a checkpoint that changes, part by part: a fused projection has three modules in one.</summary>
/// <param name="tensor">The checkpoint's tensor.</param>
/// <param name="isTransposed">Whether adapters see it with its sides exchanged.</param>
internal sealed class TensorMerge(TensorInfo tensor, bool isTransposed)
{
    // A block and its scratch stay in the second cache, and enough of them keep all processors busy.
    private const int BlockValues = 1 << 18;

    private readonly SortedDictionary<int, (int Rows, List<MergeStep> Steps)> _parts = [];

    /// <summary>The checkpoint's tensor.</summary>
    public TensorInfo Tensor { get; } = tensor;

    /// <summary>Adds a step.</summary>
    /// <param name="first">First row of the module's part.</param>
    /// <param name="rows">Rows of it.</param>
    /// <param name="step">What happens to it, after what was added before.</param>
    /// <exception cref="ModelException">The part crosses another.</exception>
    public void Add(int first, int rows, MergeStep step)
    {
        if (!_parts.TryGetValue(first, out var part)) _parts.Add(first, part = (rows, []));
        if (part.Rows != rows) throw new ModelException($"{Tensor.Name} is changed both as a whole and in parts", "Use the adapters one at a time");
        part.Steps.Add(step);
    }

    /// <summary>Computes the tensor in single precision, block by block.</summary>
    /// <param name="checkpoint">The checkpoint, open.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="write">Takes each block: index of its first number, row-major, and the numbers. Called from several threads.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="ModelException">A file is shorter than it was, or the type is none that weights have.</exception>
    public void Run(SafeFileHandle checkpoint, string path, BlockWriter write, CancellationToken cancellation)
    {
        if (Numbers.Size(Tensor.Type) == 0)
            throw new ModelException($"{path}: {Tensor.Name} is of type {Tensor.Type}, which cannot be merged", "Use a checkpoint in half or single precision with adapters");

        var rows = Tensor.Shape is [var all, ..] ? (int)all : 1;
        var columns = (int)(AdapterFile.Count(Tensor.Shape) / rows);
        var source = new Source(checkpoint, path, Tensor, columns, cancellation);
        if (isTransposed)
        {
            RunTransposed(source, rows, columns, write);
            return;
        }

        var next = 0;
        foreach (var (first, (count, steps)) in _parts)
        {
            if (first < next) throw new ModelException($"{Tensor.Name} is changed both as a whole and in parts", "Use the adapters one at a time");
            RunPart(source, next, first - next, [], write);
            RunPart(source, first, count, steps.ConvertAll(step => step.Load()), write);
            next = first + count;
        }

        RunPart(source, next, rows - next, [], write);
    }

    private static void RunPart(Source source, int first, int count, List<LoadedStep> steps, BlockWriter write)
    {
        PrepareSums(source, first, count, steps);
        source.ForBlocks(first, count, (row, rows, values) =>
        {
            foreach (var step in steps) step.Apply(row - first, rows, source.Columns, values);
            write((long)row * source.Columns, values);
        });
    }

    // Magnitudes by input need the norm of whole columns: one more pass for each such step, the steps before it done.
    private static void PrepareSums(Source source, int first, int count, List<LoadedStep> steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (!steps[i].NeedsSums) continue;

            var step = steps[i];
            var before = steps.GetRange(0, i);
            var total = new double[source.Inputs];
            source.ForBlocks(first, count, (row, rows, values) =>
            {
                var sums = new double[total.Length];
                foreach (var earlier in before) earlier.Apply(row - first, rows, source.Columns, values);
                step.AddSquares(row - first, rows, source.Columns, values, sums);
                lock (total)
                {
                    for (var k = 0; k < sums.Length; k++) total[k] += sums[k];
                }
            });
            step.UseSums(total);
        }
    }

    // Only the projection of the second encoder, a small matrix.
    private void RunTransposed(Source source, int rows, int columns, BlockWriter write)
    {
        var values = new float[rows * columns];
        source.Read(0, values);
        var turned = Factors.Transpose(values, rows, columns);
        foreach (var step in _parts.Values.SelectMany(part => part.Steps).Select(step => step.Load()))
        {
            if (step.NeedsSums)
            {
                var sums = new double[rows];
                step.AddSquares(0, columns, rows, turned, sums);
                step.UseSums(sums);
            }

            step.Apply(0, columns, rows, turned);
        }

        write(0, Factors.Transpose(turned, columns, rows));
    }

    /// <summary>The checkpoint's numbers.</summary>
    private sealed class Source(SafeFileHandle file, string path, TensorInfo tensor, int columns, CancellationToken cancellation)
    {
        public delegate void Block(int row, int rows, Span<float> values);

        public int Columns => columns;

        public int Inputs { get; } = tensor.Shape is [_, var inputs, ..] ? (int)inputs : 1;

        public void Read(int row, Span<float> values) => WeightReader.Read(file, path, tensor, (long)row * columns, values);

        public void ForBlocks(int first, int count, Block action)
        {
            if (count == 0) return;

            var rows = Math.Max(4, BlockValues / columns / 4 * 4);
            var blocks = (count + rows - 1) / rows;
            if (blocks == 1)
            {
                Run(0);
                return;
            }

            Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellation }, Run);

            void Run(int block)
            {
                cancellation.ThrowIfCancellationRequested();
                var row = first + (block * rows);
                var size = Math.Min(rows, first + count - row);
                var values = ArrayPool<float>.Shared.Rent(size * columns);
                Read(row, values.AsSpan(0, size * columns));
                action(row, size, values.AsSpan(0, size * columns));
                ArrayPool<float>.Shared.Return(values);
            }
        }
    }
}

/// <summary>Takes a block of a tensor.</summary>
/// <param name="first">Index of its first number, row-major.</param>
/// <param name="values">The numbers.</param>
internal delegate void BlockWriter(long first, ReadOnlySpan<float> values);
