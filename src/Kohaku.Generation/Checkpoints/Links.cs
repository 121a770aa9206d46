namespace Kohaku.Generation.Checkpoints;

/// <summary>Follows links in every part of a path: ONNX Runtime refuses data that a link leads to out of its folder.</summary>
internal static class Links
{
    /// <summary>The path without links.</summary>
    /// <param name="path">Absolute.</param>
    /// <exception cref="IOException">A link leads in a circle.</exception>
    public static string Resolve(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var resolved = root;
        foreach (var part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, part);
            FileSystemInfo entry = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
            // A link's target may itself lie behind a linked folder.
            if (entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target) resolved = Resolve(target.FullName);
        }

        return resolved;
    }
}
