using System.IO.Enumeration;

namespace Kohaku.Files;

/// <summary>A file to read, and what as.</summary>
/// <param name="Path">As the user would name it, with slashes.</param>
/// <param name="Kind">As the walker gives it, never <see cref="InputKind.Auto"/>.</param>
/// <param name="IsNamed">Whether the user named this very path.</param>
/// <param name="Root">The folder it was found in, where it was found in one.</param>
public readonly record struct FoundFile(string Path, InputKind Kind, bool IsNamed = false, string? Root = null)
{
    /// <summary>Why the file is not to be written to: it is a link that leads out of the folder it was found in, and nobody named it. Null for any other.</summary>
    /// <remarks>Who asks for a folder to be mended means what lies in it; a link in it, which may be someone else's, can lead to any file of the user's.</remarks>
    public FileProblem? WhyNotRewritten()
    {
        try
        {
            if (Root is null || new FileInfo(Path).LinkTarget is null) return null;

            var (target, root) = (NativeFile.RealPath(Path), NativeFile.RealPath(Root));
            return target.StartsWith(root.EndsWith(System.IO.Path.DirectorySeparatorChar) ? root : root + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? null
                : new FileProblem(Path, $"a link that leads out of its folder, to {target}: nothing was changed; name the link to change that file");
        }
        catch (Exception error) when (FileProblem.IsExpected(error))
        {
            return FileProblem.From(error, Path);
        }
    }
}

/// <summary>Which files are looked for.</summary>
public sealed record WalkOptions
{
    /// <summary>What files are read as; by name, if <see cref="InputKind.Auto"/>.</summary>
    public InputKind Input { get; init; } = InputKind.Auto;

    /// <summary>Patterns as in ignore files, from <see cref="ExcludeRoot"/>; they go before all ignore files.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The directory that <see cref="Exclude"/> is written from: the configuration's.</summary>
    public string ExcludeRoot { get; init; } = ".";

    /// <summary>Full paths; where given, directories that lead to none of them, nor lie in one of them, are not entered, and other files in directories are not given.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }
}

/// <summary>Finds the files that paths, globs and directories name: in order, the first while others are still looked for.</summary>
/// <remarks>
/// A file named as such is always taken. In directories <see cref="InputKinds.IsFound"/> chooses, and <c>.gitignore</c> (up to the repository's root),
/// <c>.kohakuignore</c> beside it (the stronger one) and the configuration's <c>exclude</c> take away; version control's own folders and <c>node_modules</c> are never
/// entered. Links to directories are not followed, so that none leads in a circle; one that is named as such is. Within a directory the order is that of the paths' UTF-16 units.
/// </remarks>
public sealed class FileWalker
{
    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple };

    private readonly WalkOptions options;
    private readonly Action<FileProblem> report;
    private readonly bool ignoreCase = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();
    private readonly IgnoreRules exclude;
    private readonly string excludeRoot;
    private readonly Wanted? only;

    /// <param name="options">What to look for.</param>
    /// <param name="report">Told of paths that do not exist and directories that may not be read; the rest goes on.</param>
    public FileWalker(WalkOptions options, Action<FileProblem> report)
    {
        this.options = options;
        this.report = report;
        exclude = new IgnoreRules(ignoreCase);
        foreach (var pattern in options.Exclude) exclude.AddLine(pattern);
        excludeRoot = FullFolder(options.ExcludeRoot);
        if (options.Only is not null) only = new Wanted(options.Only);
    }

    /// <summary>Walks the paths in the order given; no file comes twice.</summary>
    public IEnumerable<FoundFile> Walk(IReadOnlyList<string> paths)
    {
        var seen = paths.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var path in paths)
        {
            foreach (var file in Walk(path.Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\')))
            {
                if (seen is null || seen.Add(Path.GetFullPath(file.Path))) yield return file;
            }
        }
    }

    private IEnumerable<FoundFile> Walk(string path)
    {
        if (Directory.Exists(path)) return Tree(path.Length > 1 ? path.TrimEnd('/') : path, null);
        if (File.Exists(path)) return [Found(path) with { IsNamed = true }];
        if (Glob.IsGlob(path)) return Matches(path);

        report(path.Contains('\0', StringComparison.Ordinal) || path.Length == 0
            ? new FileProblem(path, "no path; name a file, a directory or a pattern")
            : WhyAbsent(path));
        return [];
    }

    // A file in a directory without rights does not "exist" either: only the attempt tells.
    private static FileProblem WhyAbsent(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return new FileProblem(path, "no such file or directory; check the path");
        }
        catch (Exception error) when (FileProblem.IsExpected(error))
        {
            return FileProblem.From(error, path);
        }
    }

    private IEnumerable<FoundFile> Matches(string path)
    {
        var glob = Glob.Parse(path);
        var any = false;
        if (glob.Folder.Length == 0 || Directory.Exists(glob.Folder))
        {
            foreach (var file in Tree(glob.Folder.Length == 0 ? "." : glob.Folder, glob))
            {
                any = true;
                yield return file;
            }
        }

        if (!any) report(new FileProblem(path, "no file matches this pattern; quote it if the shell has changed it"));
    }

    private FoundFile Found(string path) => new(path, options.Input == InputKind.Auto ? InputKinds.OfName(path) : options.Input);

    private IEnumerable<FoundFile> Tree(string root, Glob? glob)
    {
        var prefix = root == "." ? "" : root.EndsWith('/') ? root : root + "/";
        var fullRoot = FullFolder(root);
        var waiting = new Stack<(string Path, string Full, IgnoreLevel? Level, bool IsDirectory, int Depth)>();
        waiting.Push((prefix, fullRoot, LevelsAbove(fullRoot), true, 0));
        while (waiting.TryPop(out var next))
        {
            if (!next.IsDirectory)
            {
                yield return Found(next.Path) with { Root = root };
                continue;
            }

            var entries = List(next.Path, next.Full, glob, prefix.Length, next.Depth, out var hasIgnoreFile);
            var level = hasIgnoreFile ? Descend(next.Level, next.Full) : next.Level;
            for (var i = entries.Count - 1; i >= 0; i--)
            {
                var (name, isDirectory) = (entries[i].TrimEnd('/'), entries[i].EndsWith('/'));
                if (only?.Leads(next.Full, name) == false || IsIgnored(level, next.Full, name, isDirectory)) continue;

                waiting.Push((next.Path + entries[i], isDirectory ? next.Full + entries[i] : "", level, isDirectory, next.Depth + 1));
            }
        }
    }

    // Names in the order of the whole paths: a directory sorts with its slash, which is why the slash is part of its name here.
    private List<string> List(string path, string full, Glob? glob, int rootLength, int depth, out bool hasIgnoreFile)
    {
        var names = new List<string>();
        var hasRules = false;
        var relative = path[rootLength..];
        try
        {
            var entries = new FileSystemEnumerable<string>(full, static (ref entry) => entry.IsDirectory ? $"{entry.FileName}/" : entry.FileName.ToString(), AllEntries)
            {
                ShouldIncludePredicate = (ref entry) =>
                {
                    if (entry.FileName is ".gitignore" or ".kohakuignore") hasRules = true;
                    return entry.IsDirectory
                        ? (glob is null || depth < glob.Depth) && !IsNeverEntered(entry.FileName) && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                        : IsWanted(entry.FileName, glob, relative);
                },
            };
            names.AddRange(entries);
        }
        catch (Exception error) when (FileProblem.IsExpected(error))
        {
            report(error is UnauthorizedAccessException
                ? new FileProblem(path.Length == 0 ? "." : path.TrimEnd('/'), "this directory may not be read; change its rights or exclude it")
                : FileProblem.From(error, path.Length == 0 ? "." : path.TrimEnd('/')));
        }

        hasIgnoreFile = hasRules;
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private bool IsWanted(ReadOnlySpan<char> name, Glob? glob, string relative)
    {
        if (AtomicFile.IsLeftover(name)) return false;
        return glob is null ? InputKinds.IsFound(name, options.Input) : glob.Matches(string.Concat(relative, name));
    }

    private static bool IsNeverEntered(ReadOnlySpan<char> name) => name is ".git" or ".hg" or ".svn" or "node_modules";

    private bool IsIgnored(IgnoreLevel? level, string folder, string name, bool isDirectory)
    {
        if (level is null && exclude.IsEmpty) return false;

        var path = folder + name;
        if (!exclude.IsEmpty && path.StartsWith(excludeRoot, StringComparison.Ordinal)
            && exclude.IsIgnored(path.AsSpan(excludeRoot.Length), folder.Length - excludeRoot.Length, isDirectory) is { } answer)
        {
            return answer;
        }

        return IgnoreLevel.IsIgnored(level, path, folder.Length, isDirectory);
    }

    // The rules of the directories above a root: from the repository's, or from the current one where there is no repository.
    private IgnoreLevel? LevelsAbove(string fullRoot)
    {
        if (Path.Exists(fullRoot + ".git")) return null;

        var current = FullFolder(".");
        var folders = new List<string>();
        var honoured = 0;
        for (var folder = Parent(fullRoot); folder is not null; folder = Parent(folder))
        {
            folders.Add(folder);
            var isRepository = Path.Exists(folder + ".git");
            if (isRepository || folder == current) honoured = folders.Count;
            if (isRepository) break;
        }

        IgnoreLevel? level = null;
        for (var i = honoured - 1; i >= 0; i--) level = Descend(level, folders[i]);
        return level;
    }

    private static string? Parent(string folder)
    {
        var slash = folder.AsSpan(0, folder.Length - 1).LastIndexOf('/');
        return slash < 0 ? null : folder[..(slash + 1)];
    }

    private IgnoreLevel? Descend(IgnoreLevel? above, string full)
    {
        var rules = new IgnoreRules(ignoreCase);
        foreach (var name in (ReadOnlySpan<string>)[".gitignore", ".kohakuignore"])
        {
            var path = full + name;
            if (!File.Exists(path)) continue;
            if (TextFile.TryRead(path, out var file, out var problem)) rules.Add(file.Text);
            else report(problem);
        }

        return rules.IsEmpty ? above : new IgnoreLevel(above, rules, full.Length);
    }

    // Some paths, the folders above them, and what lies below them.
    private sealed class Wanted
    {
        private readonly HashSet<string> paths = new(StringComparer.Ordinal);
        private readonly HashSet<string> above = new(StringComparer.Ordinal);

        public Wanted(IEnumerable<string> wanted)
        {
            foreach (var path in wanted)
            {
                paths.Add(path);
                for (var folder = Path.GetDirectoryName(path); folder is not null && above.Add(folder); folder = Path.GetDirectoryName(folder))
                {
                    // Up to the root, or to one that is there already.
                }
            }
        }

        public bool Leads(string folder, string name)
        {
            var path = folder + name;
            if (paths.Contains(path) || above.Contains(path)) return true;

            // A folder that came whole.
            for (var within = Path.GetDirectoryName(path); within is not null; within = Path.GetDirectoryName(within))
            {
                if (paths.Contains(within)) return true;
                if (above.Contains(within)) return false;
            }

            return false;
        }
    }

    private static string FullFolder(string folder)
    {
        var full = Path.GetFullPath(folder.Length == 0 ? "." : folder).Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\');
        return full.EndsWith('/') ? full : full + "/";
    }
}
