namespace Kohaku.Files;

/// <summary>The lines of one directory's ignore files (gitignore(5)), the later ones stronger.</summary>
internal sealed class IgnoreRules
{
    private readonly record struct Rule(string Pattern, bool IsNegated, bool IsDirectoryOnly, bool IsAnchored, Shape Shape);

    private enum Shape
    {
        Literal,
        Suffix,
        Wildcard,
    }

    private readonly List<Rule> rules = [];
    private readonly bool ignoreCase;

    /// <param name="ignoreCase">As the file system does.</param>
    public IgnoreRules(bool ignoreCase = false) => this.ignoreCase = ignoreCase;

    /// <summary>Whether there is nothing to match.</summary>
    public bool IsEmpty => rules.Count == 0;

    /// <summary>Adds a file's lines behind those that are there.</summary>
    public IgnoreRules Add(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines()) AddLine(line);
        return this;
    }

    /// <summary>Adds one pattern.</summary>
    public void AddLine(ReadOnlySpan<char> line)
    {
        var pattern = TrimBlanks(line);
        if (pattern.IsEmpty || pattern[0] == '#') return;

        var isNegated = pattern[0] == '!';
        if (isNegated) pattern = pattern[1..];
        var isDirectoryOnly = pattern.EndsWith('/');
        if (isDirectoryOnly) pattern = pattern[..^1];
        var isAnchored = pattern.Contains('/');
        if (pattern.StartsWith('/')) pattern = pattern[1..];
        if (pattern.IsEmpty) return;

        var hasWildcards = pattern.IndexOfAny("*?[\\") >= 0;
        var isSuffix = hasWildcards && pattern[0] == '*' && pattern[1..].IndexOfAny("*?[\\/") < 0 && !isAnchored;
        var shape = isSuffix ? Shape.Suffix : hasWildcards ? Shape.Wildcard : Shape.Literal;
        rules.Add(new Rule((isSuffix ? pattern[1..] : pattern).ToString(), isNegated, isDirectoryOnly, isAnchored, shape));
    }

    /// <summary>What the strongest line that matches says: true ignored, false kept, null no line matches.</summary>
    /// <param name="path">From the directory of these rules, with slashes.</param>
    /// <param name="nameStart">Where in it the name begins.</param>
    /// <param name="isDirectory">What the path names.</param>
    public bool? IsIgnored(ReadOnlySpan<char> path, int nameStart, bool isDirectory)
    {
        for (var i = rules.Count - 1; i >= 0; i--)
        {
            var rule = rules[i];
            if (rule.IsDirectoryOnly && !isDirectory) continue;
            if (Matches(rule, rule.IsAnchored ? path : path[nameStart..])) return !rule.IsNegated;
        }

        return null;
    }

    private bool Matches(in Rule rule, ReadOnlySpan<char> text)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return rule.Shape switch
        {
            Shape.Literal => text.Equals(rule.Pattern, comparison),
            Shape.Suffix => text.EndsWith(rule.Pattern, comparison),
            _ when rule.IsAnchored => Wildcard.MatchesPath(rule.Pattern, text, ignoreCase),
            _ => Wildcard.MatchesName(rule.Pattern, text, ignoreCase),
        };
    }

    // Blanks at the end count only behind a backslash.
    private static ReadOnlySpan<char> TrimBlanks(ReadOnlySpan<char> line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] == ' ')
        {
            var backslashes = 0;
            while (backslashes < end - 1 && line[end - 2 - backslashes] == '\\') backslashes++;
            if (backslashes % 2 == 1) break;
            end--;
        }

        return line[..end];
    }
}
