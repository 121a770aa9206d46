namespace Kohaku.Generation.Graphs;

/// <summary>Where external data lies: ONNX Runtime takes one folder for a model, and only files below it.</summary>
internal static class FileFolder
{
    /// <summary>The deepest folder that all files lie in; the working folder where there is no file.</summary>
    /// <param name="files">Absolute, links resolved.</param>
    /// <exception cref="Models.ModelException">They lie on different drives.</exception>
    public static string Common(IEnumerable<string> files)
    {
        string? common = null;
        foreach (var file in files.Distinct(StringComparer.Ordinal))
        {
            var folder = Path.GetDirectoryName(file)!;
            if (common is null)
            {
                common = folder;
                continue;
            }

            while (!IsWithin(folder, common))
            {
                common = Path.GetDirectoryName(common)
                    ?? throw new Models.ModelException($"{file} lies on another drive than the rest of the model", "Move the files of a model to one drive");
            }
        }

        return common ?? Environment.CurrentDirectory;
    }

    private static bool IsWithin(string folder, string above) =>
        folder.Length == above.Length ? folder == above
        : folder.StartsWith(above, StringComparison.Ordinal) && (Path.EndsInDirectorySeparator(above) || folder[above.Length] == Path.DirectorySeparatorChar);
}
