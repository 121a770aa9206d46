namespace Kohaku.Files;

/// <summary>git's <c>wildmatch</c>: <c>*</c>, <c>?</c>, <c>[…]</c>, and <c>**</c> between slashes.</summary>
/// <remarks>
/// Behaves as gitignore(5) says; the two early ends keep it from trying every way of cutting the text.
/// Own code because no library here does all of git's rules on spans and compiles natively, and a match is run for every entry of a tree.
/// </remarks>
internal static class Wildcard
{
    private enum Outcome
    {
        Match,
        NoMatch,

        // The text ended, or a slash stopped a single star: longer stretches for the stars before can not help.
        EndOfText,
        EndOfName,
    }

    /// <summary>Matches a whole path; a single star, a question mark and a set stop at slashes.</summary>
    public static bool MatchesPath(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path, bool ignoreCase = false) =>
        Match(pattern, 0, path, 0, true, ignoreCase) == Outcome.Match;

    /// <summary>Matches a name that has no slashes.</summary>
    public static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name, bool ignoreCase = false) =>
        Match(pattern, 0, name, 0, false, ignoreCase) == Outcome.Match;

    private static Outcome Match(ReadOnlySpan<char> pattern, int p, ReadOnlySpan<char> text, int t, bool isPath, bool ignoreCase)
    {
        for (; p < pattern.Length; p++, t++)
        {
            var unit = pattern[p];
            if (t >= text.Length && unit != '*') return Outcome.EndOfText;

            switch (unit)
            {
                case '*':
                    return Star(pattern, p, text, t, isPath, ignoreCase);
                case '?':
                    if (isPath && text[t] == '/') return Outcome.NoMatch;
                    break;
                case '[':
                    var end = Set(pattern, p, text[t], ignoreCase, out var isIn);
                    if (end < 0) return Outcome.EndOfText;
                    if (!isIn || (isPath && text[t] == '/')) return Outcome.NoMatch;
                    p = end;
                    break;
                default:
                    if (unit == '\\' && ++p >= pattern.Length) return Outcome.NoMatch;
                    if (!Same(pattern[p], text[t], ignoreCase)) return Outcome.NoMatch;
                    break;
            }
        }

        return t == text.Length ? Outcome.Match : Outcome.NoMatch;
    }

    private static Outcome Star(ReadOnlySpan<char> pattern, int p, ReadOnlySpan<char> text, int t, bool isPath, bool ignoreCase)
    {
        var start = p;
        while (p < pattern.Length && pattern[p] == '*') p++;
        var crossesSlashes = !isPath;
        if (isPath && p - start > 1 && (start == 0 || pattern[start - 1] == '/') && (p == pattern.Length || pattern[p] == '/'))
        {
            // `a/**/b` is `a/b` too.
            if (p < pattern.Length && Match(pattern, p + 1, text, t, isPath, ignoreCase) == Outcome.Match) return Outcome.Match;
            crossesSlashes = true;
        }

        if (p == pattern.Length)
        {
            return crossesSlashes || !text[t..].Contains('/') ? Outcome.Match : Outcome.EndOfName;
        }

        if (!crossesSlashes && pattern[p] == '/')
        {
            var slash = text[t..].IndexOf('/');
            return slash < 0 ? Outcome.EndOfText : Match(pattern, p + 1, text, t + slash + 1, isPath, ignoreCase);
        }

        for (; t < text.Length; t++)
        {
            var outcome = Match(pattern, p, text, t, isPath, ignoreCase);
            if (outcome != Outcome.NoMatch && (!crossesSlashes || outcome != Outcome.EndOfName)) return outcome;
            if (outcome == Outcome.NoMatch && !crossesSlashes && text[t] == '/') return Outcome.EndOfName;
        }

        return Outcome.EndOfText;
    }

    // The offset of the closing bracket, −1 where there is none.
    private static int Set(ReadOnlySpan<char> pattern, int p, char unit, bool ignoreCase, out bool isIn)
    {
        isIn = false;
        p++;
        var isNegated = p < pattern.Length && pattern[p] is '!' or '^';
        if (isNegated) p++;
        var first = p;
        for (var previous = '\0'; p < pattern.Length; p++)
        {
            var member = pattern[p];
            if (member == ']' && p > first)
            {
                isIn ^= isNegated;
                return p;
            }

            if (member == '[' && p + 1 < pattern.Length && pattern[p + 1] == ':')
            {
                // As git reads it: without `:]` at the next bracket, these are two plain characters of the set.
                var close = pattern[(p + 2)..].IndexOf(']');
                if (close < 0) return -1;
                if (close > 0 && pattern[p + 1 + close] == ':')
                {
                    isIn |= IsOfClass(pattern.Slice(p + 2, close - 1), unit);
                    p += close + 2;
                    previous = '\0';
                    continue;
                }
            }

            if (member == '-' && previous != '\0' && p + 1 < pattern.Length && pattern[p + 1] != ']')
            {
                p++;
                if (pattern[p] == '\\' && ++p >= pattern.Length) return -1;
                isIn |= IsBetween(previous, pattern[p], unit, ignoreCase);
                previous = '\0';
                continue;
            }

            if (member == '\\')
            {
                if (++p >= pattern.Length) return -1;
                member = pattern[p];
            }

            isIn |= Same(member, unit, ignoreCase);
            previous = member;
        }

        return -1;
    }

    private static bool IsBetween(char low, char high, char unit, bool ignoreCase) =>
        (unit >= low && unit <= high)
        || (ignoreCase && ((char.ToLowerInvariant(unit) >= low && char.ToLowerInvariant(unit) <= high) || (char.ToUpperInvariant(unit) >= low && char.ToUpperInvariant(unit) <= high)));

    private static bool Same(char a, char b, bool ignoreCase) => a == b || (ignoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));

    private static bool IsOfClass(ReadOnlySpan<char> name, char unit) => name switch
    {
        "alnum" => char.IsAsciiLetterOrDigit(unit),
        "alpha" => char.IsAsciiLetter(unit),
        "blank" => unit is ' ' or '\t',
        "cntrl" => unit < ' ' || unit == '\x7F',
        "digit" => char.IsAsciiDigit(unit),
        "graph" => unit is > ' ' and < '\x7F',
        "lower" => char.IsAsciiLetterLower(unit),
        "print" => unit is >= ' ' and < '\x7F',
        "punct" => char.IsAscii(unit) && (char.IsPunctuation(unit) || char.IsSymbol(unit)),
        "space" => unit is ' ' or (>= '\t' and <= '\r'),
        "upper" => char.IsAsciiLetterUpper(unit),
        "xdigit" => char.IsAsciiHexDigit(unit),
        _ => false,
    };
}
