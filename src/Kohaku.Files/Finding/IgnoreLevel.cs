namespace Kohaku.Files;

/// <summary>The rules of a directory over those of the directories above it.</summary>
/// <param name="Above">The rules of the directories above.</param>
/// <param name="Rules">This directory's own.</param>
/// <param name="PrefixLength">Length of the directory's full path with its last slash.</param>
internal sealed record IgnoreLevel(IgnoreLevel? Above, IgnoreRules Rules, int PrefixLength)
{
    /// <summary>Whether a path below is ignored: the deepest directory that says something decides.</summary>
    /// <param name="level">The rules of the directory that holds it.</param>
    /// <param name="path">The full path, with slashes.</param>
    /// <param name="nameStart">Where in it the name begins.</param>
    /// <param name="isDirectory">What the path names.</param>
    public static bool IsIgnored(IgnoreLevel? level, ReadOnlySpan<char> path, int nameStart, bool isDirectory)
    {
        for (; level is not null; level = level.Above)
        {
            if (level.Rules.IsIgnored(path[level.PrefixLength..], nameStart - level.PrefixLength, isDirectory) is { } answer) return answer;
        }

        return false;
    }
}
