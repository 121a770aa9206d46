namespace Kohaku.Jobs.Models;

/// <summary>Finds the models that a user may choose from.</summary>
public static class ModelFolders
{
    private const int DeepestFolder = 4;

    /// <summary>Every <c>.safetensors</c> file and every ONNX export below the folders, by path; nothing of what lies inside an export.</summary>
    /// <param name="folders">Absolute; one that is not there is passed over.</param>
    /// <param name="cancel">Stops the search.</param>
    public static IReadOnlyCollection<string> List(IEnumerable<string> folders, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = DeepestFolder, IgnoreInaccessible = true };
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder)) continue;

            var exports = Directory.EnumerateFiles(folder, FolderLook.IndexName, options).Select(file => Path.GetDirectoryName(file)!).ToHashSet(StringComparer.Ordinal);
            paths.UnionWith(exports);
            foreach (var file in Directory.EnumerateFiles(folder, "*.safetensors", options))
            {
                cancel.ThrowIfCancellationRequested();
                if (!exports.Any(export => file.StartsWith(export + Path.DirectorySeparatorChar, StringComparison.Ordinal))) paths.Add(file);
            }
        }

        return paths;
    }

    /// <summary>What a model is called: a file's name without its extension, a folder's name.</summary>
    public static string NameOf(string path) => Directory.Exists(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path);
}
