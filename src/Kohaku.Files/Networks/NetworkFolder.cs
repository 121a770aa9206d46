using System.IO.Enumeration;

namespace Kohaku.Files;

/// <summary>Finds the networks and embeddings that a prompt may name.</summary>
/// <remarks>Links to folders are followed, for collections are spread over disks that way; one that leads back to a folder already seen ends there.</remarks>
public static class NetworkFolder
{
    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Name → path of every network below the folders. A name is the file's without its extension; of two the first folder's counts, then the first by path.</summary>
    /// <param name="folders">As configured.</param>
    /// <param name="report">Told of folders that are not there or may not be read.</param>
    public static IReadOnlyDictionary<string, string> List(IEnumerable<string> folders, Action<FileProblem> report)
    {
        var networks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            var paths = new List<string>();
            Collect(folder, paths, report);
            paths.Sort(StringComparer.Ordinal);
            foreach (var path in paths) networks.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }

        return networks;
    }

    private static void Collect(string root, List<string> paths, Action<FileProblem> report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([root]);
        while (waiting.TryPop(out var folder))
        {
            try
            {
                var target = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);
                if (!seen.Add(target)) continue;

                var entries = new FileSystemEnumerable<(string Path, bool IsFolder)>(
                    folder, static (ref entry) => (entry.ToSpecifiedFullPath(), entry.IsDirectory), AllEntries)
                {
                    ShouldIncludePredicate = static (ref entry) => entry.IsDirectory || IsNetwork(entry.FileName),
                };
                foreach (var (path, isFolder) in entries)
                {
                    if (isFolder) waiting.Push(path);
                    else paths.Add(path);
                }
            }
            catch (Exception error) when (FileProblem.IsExpected(error))
            {
                report(FileProblem.From(error, folder));
            }
        }
    }

    private static bool IsNetwork(ReadOnlySpan<char> name) =>
        name.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".pt", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".ckpt", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase);
}
