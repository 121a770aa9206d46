using System.IO.Enumeration;

namespace Kohaku.Files;

/// <summary>Finds the networks and embeddings that a prompt may name.</summary>
public static class NetworkFolder
{
    private static readonly EnumerationOptions WithFolders = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <summary>Name → path of every network below the folders. A name is the file's without its extension; of two the first folder's counts, then the first by path.</summary>
    /// <param name="folders">As configured.</param>
    /// <param name="report">Told of folders that are not there.</param>
    public static IReadOnlyDictionary<string, string> List(IEnumerable<string> folders, Action<FileProblem> report)
    {
        var networks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            try
            {
                var paths = new FileSystemEnumerable<string>(folder, static (ref entry) => entry.ToSpecifiedFullPath(), WithFolders)
                {
                    ShouldIncludePredicate = static (ref entry) => IsNetwork(entry.FileName) && !entry.IsDirectory,
                    ShouldRecursePredicate = static (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
                };
                foreach (var path in paths.Order(StringComparer.Ordinal)) networks.TryAdd(Path.GetFileNameWithoutExtension(path), path);
            }
            catch (Exception error) when (FileProblem.IsExpected(error))
            {
                report(FileProblem.From(error, folder));
            }
        }

        return networks;
    }

    private static bool IsNetwork(ReadOnlySpan<char> name) =>
        name.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".pt", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".ckpt", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase);
}
