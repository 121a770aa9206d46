namespace Kohaku.Analysis.Configuration;

/// <summary>
/// A pattern of paths: <c>*</c> and <c>?</c> inside a name, <c>[abc]</c>, <c>{a,b}</c>, and <c>**</c> for any folders. A pattern without a
/// <c>/</c> matches a name at any depth; one that names a folder matches all that lies in it.
/// </summary>
public sealed class Glob
{
    private const int MostAlternatives = 64;

    private readonly string[][] alternatives;

    /// <summary>A pattern, relative to a folder.</summary>
    /// <param name="pattern">With <c>/</c> between names.</param>
    /// <param name="folder">What it is relative to, absolute; empty to match relative paths as they are.</param>
    public Glob(string pattern, string folder)
    {
        Pattern = pattern;
        Folder = folder;
        alternatives = pattern.Length > 0 ? [.. Expand(pattern.Replace('\\', '/')).Select(Segments)] : [];
    }

    /// <summary>As it was written.</summary>
    public string Pattern { get; }

    /// <summary>What it is relative to.</summary>
    public string Folder { get; }

    /// <summary>Whether a path, or a folder that it lies in, matches.</summary>
    /// <param name="path">Absolute where the glob has a folder.</param>
    public bool IsMatch(string path)
    {
        if (!TryRelative(path, out var names)) return false;

        foreach (var segments in alternatives)
        {
            for (var length = names.Length; length > 0; length--)
            {
                if (MatchesNames(segments, names.AsSpan(0, length))) return true;
            }
        }

        return false;
    }

    private bool TryRelative(string path, out string[] names)
    {
        names = [];

        // A client's URI may hold a NUL; no file's name does.
        if (path.Contains('\0', StringComparison.Ordinal)) return false;
        if (Folder.Length > 0)
        {
            var relative = System.IO.Path.GetRelativePath(Folder, path);
            // A name may begin with two dots, too.
            if (relative is ".." or ['.', '.', '/' or '\\', ..] || System.IO.Path.IsPathRooted(relative)) return false;
            path = relative;
        }

        names = path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        if (names is [".", ..]) names = names[1..];
        return true;
    }

    private static string[] Segments(string pattern)
    {
        var isAnchored = pattern.TrimEnd('/').Contains('/', StringComparison.Ordinal);
        var segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments is [".", ..]) segments = segments[1..];
        return isAnchored ? segments : ["**", .. segments];
    }

    private static List<string> Expand(string pattern)
    {
        var done = new List<string>();
        var open = new Queue<string>([pattern]);
        while (open.TryDequeue(out var next))
        {
            var close = next.IndexOf('}', StringComparison.Ordinal);
            var start = close < 0 ? -1 : next.LastIndexOf('{', close);
            if (start < 0 || open.Count + done.Count >= MostAlternatives)
            {
                done.Add(next);
                continue;
            }

            foreach (var choice in next[(start + 1)..close].Split(',')) open.Enqueue(next[..start] + choice + next[(close + 1)..]);
        }

        return done;
    }

    private static bool MatchesNames(ReadOnlySpan<string> pattern, ReadOnlySpan<string> names)
    {
        // Where a later part fails, the last ** takes one name more: the same way as * inside a name.
        var (p, n, starPattern, starName) = (0, 0, -1, 0);
        while (n < names.Length)
        {
            if (p < pattern.Length && pattern[p] == "**")
            {
                starPattern = p++;
                starName = n;
            }
            else if (p < pattern.Length && MatchesName(pattern[p], names[n]))
            {
                p++;
                n++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern + 1;
                n = ++starName;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == "**") p++;
        return p == pattern.Length;
    }

    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (p, n, starPattern, starName) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = p++;
                starName = n;
            }
            else if (p < pattern.Length && MatchesOne(pattern[p..], name[n], out var taken))
            {
                p += taken;
                n++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern + 1;
                n = ++starName;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, char c, out int taken)
    {
        taken = 1;
        if (pattern[0] == '?') return true;

        var close = pattern[0] == '[' ? pattern[1..].IndexOf(']') : -1;
        if (close <= 0) return pattern[0] == c;

        taken = close + 2;
        var set = pattern.Slice(1, close);
        var isNegated = set[0] is '!' or '^';
        return Contains(isNegated ? set[1..] : set, c) != isNegated;
    }

    private static bool Contains(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2]) return true;
                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}
