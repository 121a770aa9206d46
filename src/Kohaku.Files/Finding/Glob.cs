namespace Kohaku.Files;

/// <summary>A path with wildcards as a user writes it: <c>styles/**/*.{prompt,txt}</c>.</summary>
internal sealed class Glob
{
    // Each pair of braces multiplies the patterns.
    private const int MostPatterns = 1024;

    private readonly List<string> patterns;

    private Glob(string folder, List<string> patterns)
    {
        Folder = folder;
        this.patterns = patterns;
        Depth = patterns.Exists(static pattern => pattern.Contains("**", StringComparison.Ordinal))
            ? int.MaxValue
            : patterns.Max(static pattern => pattern.AsSpan().Count('/'));
    }

    /// <summary>The part before the first wildcard, without its last slash; empty for the current directory.</summary>
    public string Folder { get; }

    /// <summary>How many directories below <see cref="Folder"/> can hold a match.</summary>
    public int Depth { get; }

    /// <summary>Whether a path has wildcards at all.</summary>
    public static bool IsGlob(string path) => path.AsSpan().IndexOfAny("*?[{") >= 0;

    /// <summary>Divides a path into the folder to walk and what to look for.</summary>
    public static Glob Parse(string path)
    {
        var wildcard = path.AsSpan().IndexOfAny("*?[{");
        var slash = path.AsSpan(0, wildcard).LastIndexOf('/');
        var expanded = new List<string>();
        Expand(path[(slash + 1)..], expanded);
        return new Glob(slash == 0 ? "/" : slash < 0 ? "" : path[..slash], expanded);
    }

    /// <summary>Whether a path below the folder is meant.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        foreach (var pattern in patterns)
        {
            if (Wildcard.MatchesPath(pattern, path)) return true;
        }

        return false;
    }

    private static void Expand(string pattern, List<string> into)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : Closing(pattern, open);
        if (close < 0 || into.Count >= MostPatterns)
        {
            into.Add(pattern);
            return;
        }

        var (head, tail) = (pattern[..open], pattern[(close + 1)..]);
        var start = open + 1;
        var depth = 0;
        for (var i = start; i <= close; i++)
        {
            if (i == close || (depth == 0 && pattern[i] == ','))
            {
                Expand(head + pattern[start..i] + tail, into);
                start = i + 1;
            }
            else
            {
                depth += pattern[i] == '{' ? 1 : pattern[i] == '}' ? -1 : 0;
            }
        }
    }

    private static int Closing(string pattern, int open)
    {
        var depth = 0;
        for (var i = open; i < pattern.Length; i++)
        {
            if (pattern[i] == '{') depth++;
            else if (pattern[i] == '}' && --depth == 0) return i;
        }

        return -1;
    }
}
