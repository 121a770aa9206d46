using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kohaku.Files;
using Kohaku.Generation.Models;

namespace Kohaku.Generation.Adapters;

/// <summary>Names files by their content. A file's hash is kept by its path, size and time of writing: to read 7 GB at each start would take longer than all the rest.</summary>
/// <param name="index">The file that keeps them: a line each of hash, size, ticks and path. It may be lost at any time.</param>
/// <param name="time">The clock.</param>
internal sealed class ContentHashes(string index, TimeProvider time)
{
    private const int MostKept = 2000;
    private const int PieceBytes = 1 << 23;

    // A file that was written just now may be written again within the same tick of its file system's clock.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    /// <summary>A hash of each file: the SHA-256 of the SHA-256 of its pieces of 8 MB, in lower-case hexadecimal digits.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="progress">Told how much of those that must be read is behind; by several threads.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="ModelException">A file cannot be read.</exception>
    public IReadOnlyList<string> Of(IReadOnlyList<string> paths, Action<long, long>? progress, CancellationToken cancellation)
    {
        var known = Load();
        var files = paths.Select(Identity.Of).ToList();
        var unknown = files.Distinct().Where(file => !known.ContainsKey(file)).ToList();
        if (unknown.Count > 0)
        {
            var total = unknown.Sum(file => file.Length);
            long done = 0;
            foreach (var file in unknown)
            {
                known[file] = Hash(file.Path, count => progress?.Invoke(Interlocked.Add(ref done, count), total), cancellation);
                if (Identity.Of(file.Path) != file) throw new ModelException($"{file.Path}: changed while it was read", "Run again when it is complete");
            }

        }

        var hashes = files.ConvertAll(file => known[file]);
        if (unknown.Count > 0) Save(known, unknown);
        return hashes;
    }

    // The hash of the pieces' hashes: so all processors work on one file.
    private static string Hash(string path, Action<long> progress, CancellationToken cancellation)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(file);
            var pieces = (int)((length + PieceBytes - 1) / PieceBytes);
            var hashes = new byte[pieces * SHA256.HashSizeInBytes];
            Parallel.For(0, pieces, new ParallelOptions { CancellationToken = cancellation }, piece =>
            {
                var bytes = ArrayPool<byte>.Shared.Rent(PieceBytes);
                var count = (int)Math.Min(PieceBytes, length - ((long)piece * PieceBytes));
                WeightReader.Fill(file, path, (long)piece * PieceBytes, bytes.AsSpan(0, count));
                SHA256.HashData(bytes.AsSpan(0, count), hashes.AsSpan(piece * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
                ArrayPool<byte>.Shared.Return(bytes);
                progress(count);
            });
            return Convert.ToHexStringLower(SHA256.HashData(hashes));
        }
        catch (AggregateException failures)
        {
            // Several pieces fail for one reason: the first one tells it.
            var failure = failures.InnerExceptions[0];
            throw failure as ModelException ?? new ModelException($"{path}: {failure.Message}", null, failure);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: {refused.Message}", null, refused);
        }
    }

    private Dictionary<Identity, string> Load()
    {
        var known = new Dictionary<Identity, string>();
        try
        {
            foreach (var line in File.ReadLines(index))
            {
                if (line.Split('\t', 4) is not [{ Length: 64 } hash, var length, var written, var path]) continue;
                if (long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
                    known[new Identity(path, bytes, ticks)] = hash;
            }
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            // Then everything is hashed once more.
        }

        return known;
    }

    // Two processes that save at once lose each other's news: those files are hashed once more.
    private void Save(Dictionary<Identity, string> known, List<Identity> news)
    {
        var latest = (time.GetUtcNow().UtcDateTime - Settled).Ticks;
        foreach (var file in news.Where(file => file.Written > latest)) known.Remove(file);

        var newPaths = news.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var lines = known.Where(pair => !newPaths.Contains(pair.Key.Path) || news.Contains(pair.Key))
            .OrderByDescending(pair => newPaths.Contains(pair.Key.Path))
            .Take(MostKept)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value}\t{pair.Key.Length}\t{pair.Key.Written}\t{pair.Key.Path}\n"));
        // A cache that cannot be written costs time, not the image.
        _ = AtomicFile.Write(index, Encoding.UTF8.GetBytes(string.Concat(lines)));
    }

    /// <summary>By what a file is known again without reading it.</summary>
    private sealed record Identity(string Path, long Length, long Written)
    {
        public static Identity Of(string path)
        {
            var file = new FileInfo(System.IO.Path.GetFullPath(path));
            // A link's own size and time say nothing of what it leads to.
            if (file.LinkTarget is not null) file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            file.Refresh();
            if (!file.Exists) throw new ModelException($"{path}: no such file", "Check the path");
            return new Identity(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks);
        }
    }
}
