namespace Kohaku.Files;

/// <summary>Finds the lists that <c>__name__</c> may mean: text files below the configured folders.</summary>
public static class WildcardFolder
{
    private const string Extension = ".txt";
    private static readonly EnumerationOptions s_all = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, AttributesToSkip = 0, IgnoreInaccessible = true };

    /// <summary>The names, sorted: paths below the folder with <c>/</c> and without extension.</summary>
    /// <param name="folders">As configured.</param>
    /// <param name="report">Told of folders that are not there or may not be read.</param>
    public static IReadOnlyList<string> List(IEnumerable<string> folders, Action<FileProblem> report)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(report);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            try
            {
                foreach (var path in Directory.EnumerateFiles(folder, "*" + Extension, s_all))
                    names.Add(Path.ChangeExtension(Path.GetRelativePath(folder, path), null).Replace(Path.DirectorySeparatorChar, '/'));
            }
            catch (Exception error) when (FileProblem.IsExpected(error))
            {
                report(FileProblem.From(error, folder));
            }
        }

        return [.. names];
    }

    /// <summary>Whether a name is one that a pattern with <c>*</c> means: a single star stops at <c>/</c>, two go on.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name) => Wildcard.MatchesPath(pattern, name);
}
