using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax;

/// <summary>All pairs of a line, as A1111 finds them: <c>\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)</c>.</summary>
internal static class InfotextPairs
{
    /// <summary>The next pair at or after an offset.</summary>
    /// <param name="line">The line.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="key">The name.</param>
    /// <param name="value">The value, with its quotes.</param>
    /// <returns>Where to go on, or −1 if there is none.</returns>
    public static int Next(ReadOnlySpan<char> line, int from, out TextSpan key, out TextSpan value)
    {
        // A name ends at a colon and reaches back as far as its characters do, to the first that may begin one.
        var start = -1;
        var units = 0;
        for (var i = from; i < line.Length;)
        {
            var word = PythonText.WordLength(line, i);
            if (word > 0 || line[i] is ' ' or '-' or '/')
            {
                if (start < 0 && word > 0)
                    (start, units) = (i, 0);
                units++;
                i += int.Max(word, 1);
                continue;
            }

            if (line[i] == ':' && start >= 0 && units > 1)
            {
                key = TextSpan.FromBounds(start, i);
                value = Value(line, PythonText.SkipWhiteSpace(line, i + 1));
                return int.Min(value.End + 1, line.Length);
            }

            start = -1;
            i++;
        }

        key = value = default;
        return -1;
    }

    /// <summary>Whether a line is parameters: at least three pairs.</summary>
    public static bool AreParameters(ReadOnlySpan<char> line)
    {
        var count = 0;
        for (var from = 0; from >= 0 && count < 3;)
        {
            from = Next(line, from, out _, out _);
            if (from >= 0)
                count++;
        }

        return count == 3;
    }

    private static TextSpan Value(ReadOnlySpan<char> line, int start)
    {
        if (start < line.Length && line[start] == '"')
        {
            var end = start + 1;
            while (end < line.Length && line[end] != '"')
                end += line[end] == '\\' ? 2 : 1;
            if (end < line.Length && end > start + 1 && (end + 1 == line.Length || line[end + 1] == ','))
                return TextSpan.FromBounds(start, end + 1);
        }

        var comma = line[start..].IndexOf(',');
        return comma < 0 ? TextSpan.FromBounds(start, line.Length) : new TextSpan(start, comma);
    }
}
