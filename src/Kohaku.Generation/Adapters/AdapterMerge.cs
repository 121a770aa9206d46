using System.Buffers;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Kohaku.Files;
using Kohaku.Generation.Models;
using Kohaku.Workspace;

namespace Kohaku.Generation.Adapters;

/// <summary>Merges the networks that a prompt asks for into a checkpoint, once: the result is kept in a cache.</summary>
/// <remarks>
/// What is kept is an overlay: a .safetensors file of the changed tensors alone, under the checkpoint's names. ONNX Runtime takes external data from any files below one folder, so that a graph's tensors may lie in the checkpoint and in
/// the overlay. Where no folder holds both (two drives of Windows) the overlay has all tensors, and is a checkpoint of its own.
/// </remarks>
/// <param name="cache">Where results are kept.</param>
/// <param name="time">The clock.</param>
public sealed class AdapterMerge(ModelCache cache, TimeProvider? time = null)
{
    /// <summary>Counts up when the same adapters would make other numbers, or the file's form changes.</summary>
    private const string Version = "kohaku-merge-1";

    private const string IndexName = "hashes.tsv";

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Makes the overlay of a checkpoint and adapters, or finds it in the cache.</summary>
    /// <param name="checkpoint">The checkpoint, a .safetensors file in Stability's layout.</param>
    /// <param name="calls">The adapters; each takes effect in its turn, one that is named twice twice..</param>
    /// <param name="precision">In which type changed tensors are kept.</param>
    /// <param name="progress">Told how far it is, by several threads.</param>
    /// <param name="cancellation">Stops; nothing is left behind then.</param>
    /// <exception cref="ModelException">An adapter is broken, does not fit, or the cache cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public MergedAdapters Prepare(
        string checkpoint, IReadOnlyList<AdapterCall> calls, MergePrecision precision, IProgress<MergeProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(calls);
        if (calls.Count == 0) return new MergedAdapters(null, []);
        if (!SafetensorsHeader.TryRead(checkpoint, out var header, out var problem)) throw new ModelException(problem.ToString());

        var files = new Dictionary<string, AdapterFile>(StringComparer.Ordinal);
        try
        {
            foreach (var call in calls)
            {
                if (!files.ContainsKey(call.Path)) files.Add(call.Path, AdapterFile.Open(call.Path));
            }

            var plan = MergePlan.Build(header, [.. calls.Select(call => (files[call.Path], call.TextWeight, call.UNetWeight))]);
            if (plan.Tensors.Count == 0) return new MergedAdapters(null, plan.Unmapped);

            var overlay = Find(checkpoint, calls, precision, progress, cancellation);
            if (!ModelCache.IsIntact(overlay)) Write(overlay, checkpoint, header, plan, Describe(checkpoint, calls), precision, progress, cancellation);
            ModelCache.Touch(overlay, _time);
            cache.Trim(overlay);
            return new MergedAdapters(overlay, plan.Unmapped);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(FileProblem.From(refused, cache.Folder).ToString(), "Free some space there, or set KOHAKU_CACHE to another folder", refused);
        }
        finally
        {
            foreach (var file in files.Values) file.Dispose();
        }
    }

    private static string Describe(string checkpoint, IReadOnlyList<AdapterCall> calls) =>
        Path.GetFileNameWithoutExtension(checkpoint) + string.Concat(calls.Select(call => string.Create(
            CultureInfo.InvariantCulture,
            $" + {Path.GetFileNameWithoutExtension(call.Path)} {call.TextWeight}{(call.UNetWeight == call.TextWeight ? "" : $":{call.UNetWeight.ToString(CultureInfo.InvariantCulture)}")}")));

    private string Find(string checkpoint, IReadOnlyList<AdapterCall> calls, MergePrecision precision, IProgress<MergeProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(cache.Folder);
        var hashes = new ContentHashes(Path.Combine(cache.Folder, IndexName), _time).Of(
            [checkpoint, .. calls.Select(call => call.Path)], (done, total) => progress?.Report(new MergeProgress(MergePhase.Hash, done, total)), cancellation);
        var key = new StringBuilder(Version).Append('\n').Append(precision).Append('\n').Append(IsWhole(checkpoint) ? "whole\n" : "").Append(hashes[0]).Append('\n');
        foreach (var (call, hash) in calls.Zip(hashes.Skip(1)))
            key.Append(CultureInfo.InvariantCulture, $"{hash} {(float)call.TextWeight:R} {(float)call.UNetWeight:R}\n");
        return cache.PathOf(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())).AsSpan(0, 16)));
    }

    /// <summary>Whether the overlay has all tensors in any case.</summary>
    internal bool KeepsAll { get; init; }

    // Two drives have no folder in common.
    private bool IsWhole(string checkpoint) =>
        KeepsAll || !string.Equals(Path.GetPathRoot(Path.GetFullPath(checkpoint)), Path.GetPathRoot(Path.GetFullPath(cache.Folder)), StringComparison.OrdinalIgnoreCase);

    private void Write(
        string path, string checkpoint, SafetensorsHeader header, MergePlan plan, string content, MergePrecision precision, IProgress<MergeProgress>? progress, CancellationToken cancellation)
    {
        var written = ModelCache.WritingTime(_time);
        var tensors = plan.Tensors.Select(merge => (merge.Tensor, Type: precision == MergePrecision.Full ? "F32" : merge.Tensor.Type)).ToList();
        var changed = tensors.Select(row => row.Tensor.Name).ToHashSet(StringComparer.Ordinal);
        var copied = IsWhole(checkpoint) ? header.Tensors.Where(tensor => !changed.Contains(tensor.Name)).ToList() : [];
        var rows = tensors.ConvertAll(row => (row.Tensor.Name, row.Type, row.Tensor.Shape, AdapterFile.Count(row.Tensor.Shape) * Numbers.Size(row.Type)));
        rows.AddRange(copied.Select(tensor => (tensor.Name, tensor.Type, tensor.Shape, tensor.Length)));

        using var source = File.OpenHandle(checkpoint, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using var writer = SafetensorsWriter.Create(path, rows, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = "pt",
            [ModelCache.WrittenKey] = ModelCache.Ticks(written),
            [ModelCache.ContentKey] = content,
        });
        var total = rows.Sum(row => row.Item4);
        long done = 0;
        try
        {
            foreach (var (merge, (name, type, _, _)) in plan.Tensors.Zip(rows))
            {
                merge.Run(source, checkpoint, (first, values) => WriteBlock(writer, name, type, first, values, Report), cancellation);
            }

            foreach (var tensor in copied) Copy(source, checkpoint, tensor, writer, Report, cancellation);
        }
        catch (AggregateException failures) when (failures.InnerExceptions.Count > 0)
        {
            // Several blocks fail for one reason: the first one tells it.
            ExceptionDispatchInfo.Capture(failures.InnerExceptions[0]).Throw();
        }

        Commit(writer, path, written);

        void Report(int bytes) => progress?.Report(new MergeProgress(MergePhase.Merge, Interlocked.Add(ref done, bytes), total));
    }

    // On Windows a file that another process has open cannot be replaced: that process made the same one.
    private static void Commit(SafetensorsWriter writer, string path, DateTime written)
    {
        try
        {
            writer.Commit(written);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException && ModelCache.IsIntact(path))
        {
            // It is there.
        }
    }

    private static void WriteBlock(SafetensorsWriter writer, string name, string type, long first, ReadOnlySpan<float> values, Action<int> report)
    {
        var size = Numbers.Size(type);
        var bytes = ArrayPool<byte>.Shared.Rent(values.Length * size);
        var part = bytes.AsSpan(0, values.Length * size);
        Numbers.Write(type, values, part);
        writer.Write(name, first * size, part);
        ArrayPool<byte>.Shared.Return(bytes);
        report(part.Length);
    }

    private static void Copy(Microsoft.Win32.SafeHandles.SafeFileHandle source, string checkpoint, TensorInfo tensor, SafetensorsWriter writer, Action<int> report, CancellationToken cancellation)
    {
        var piece = ArrayPool<byte>.Shared.Rent(1 << 20);
        for (long at = 0; at < tensor.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = piece.AsSpan(0, (int)Math.Min(piece.Length, tensor.Length - at));
            WeightReader.Fill(source, checkpoint, tensor.Offset + at, bytes);
            writer.Write(tensor.Name, at, bytes);
            at += bytes.Length;
            report(bytes.Length);
        }

        ArrayPool<byte>.Shared.Return(piece);
    }
}

/// <summary>What became of a prompt's adapters.</summary>
/// <param name="Overlay">The file of the changed tensors, for <c>Checkpoint.Open</c> as <c>merged</c>; null where nothing changes. It stays as long as it is open.</param>
/// <param name="Unmapped">Keys that found no place, by file: worth a warning.</param>
public sealed record MergedAdapters(string? Overlay, IReadOnlyList<UnmappedKeys> Unmapped);
