using System.Text;

namespace Kohaku.Cli.Text;

/// <summary>The difference of two texts as <c>patch -p0</c> takes it.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    // Beyond this many changed lines the middle is replaced whole: the search's memory grows with their square.
    private const int MostChanges = 2000;

    /// <summary>The difference; empty where the texts are the same.</summary>
    /// <param name="path">As both headers name the file.</param>
    /// <param name="before">The old text.</param>
    /// <param name="after">The new text.</param>
    public static string Of(string path, string before, string after)
    {
        if (before == after) return "";

        var old = Lines(before);
        var now = Lines(after);
        var diff = new StringBuilder();
        var name = Name(path);
        diff.Append("--- ").Append(name).Append('\n').Append("+++ ").Append(name).Append('\n');
        foreach (var hunk in Hunks(Changes(old, now))) Append(diff, hunk, old, now);
        return diff.ToString();
    }

    // As GNU diff and git write it. A line end in a name would otherwise be one of the patch, and what stands behind it a header of anyone's making.
    private static string Name(string path)
    {
        if (!path.StartsWith('"') && !path.AsSpan().ContainsAnyInRange('\0', '\u001F') && !path.Contains('\u007F', StringComparison.Ordinal))
        {
            // patch ends a name at a tab; without one it would end a name with blanks too early.
            return path.Contains(' ', StringComparison.Ordinal) ? path + "\t" : path;
        }

        var quoted = new StringBuilder("\"");
        foreach (var letter in path)
        {
            if (letter is '"' or '\\') quoted.Append('\\').Append(letter);
            else if (letter is < ' ' or '\u007F') quoted.Append('\\').Append(Convert.ToString(letter, 8).PadLeft(3, '0'));
            else quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Lines with their ends. Only LF ends a line here: that is what <c>patch</c> goes by.</summary>
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    private static List<Change> Changes(List<string> old, List<string> now)
    {
        var first = 0;
        while (first < old.Count && first < now.Count && old[first] == now[first]) first++;
        var last = 0;
        while (last < old.Count - first && last < now.Count - first && old[^(last + 1)] == now[^(last + 1)]) last++;

        var oldEnd = old.Count - last;
        var nowEnd = now.Count - last;
        return Shortest(old, first, oldEnd, now, first, nowEnd) ?? [new Change(first, oldEnd, first, nowEnd)];
    }

    // Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), greedy form with the trace kept.
    private static List<Change>? Shortest(List<string> old, int oldStart, int oldEnd, List<string> now, int nowStart, int nowEnd)
    {
        var oldCount = oldEnd - oldStart;
        var nowCount = nowEnd - nowStart;
        var most = Math.Min(MostChanges, oldCount + nowCount);
        var reach = new int[2 * most + 2];
        var trace = new List<int[]>();
        for (var d = 0; d <= most; d++)
        {
            trace.Add(reach.AsSpan(most - d, 2 * d + 2).ToArray());
            for (var k = -d; k <= d; k += 2)
            {
                var down = k == -d || (k != d && reach[most + k - 1] < reach[most + k + 1]);
                var x = down ? reach[most + k + 1] : reach[most + k - 1] + 1;
                var y = x - k;
                while (x < oldCount && y < nowCount && old[oldStart + x] == now[nowStart + y]) (x, y) = (x + 1, y + 1);
                reach[most + k] = x;
                if (x >= oldCount && y >= nowCount) return Back(trace, oldStart, oldCount, nowStart, nowCount);
            }
        }

        return null;
    }

    private static List<Change> Back(List<int[]> trace, int oldStart, int oldCount, int nowStart, int nowCount)
    {
        var changes = new List<Change>();
        var (x, y) = (oldCount, nowCount);
        for (var d = trace.Count - 1; d > 0; d--)
        {
            // trace[d] holds the diagonals −d … d + 1 as they were before step d.
            var reach = trace[d];
            var k = x - y;
            var down = k == -d || (k != d && reach[k - 1 + d] < reach[k + 1 + d]);
            var previous = down ? k + 1 : k - 1;
            var fromX = reach[previous + d];
            var fromY = fromX - previous;
            var (toX, toY) = down ? (fromX, fromY + 1) : (fromX + 1, fromY);
            var change = new Change(oldStart + fromX, oldStart + toX, nowStart + fromY, nowStart + toY);
            if (changes.Count > 0 && changes[^1].OldStart == change.OldEnd && changes[^1].NowStart == change.NowEnd)
            {
                changes[^1] = changes[^1] with { OldStart = change.OldStart, NowStart = change.NowStart };
            }
            else
            {
                changes.Add(change);
            }

            (x, y) = (fromX, fromY);
        }

        changes.Reverse();
        return changes;
    }

    // Changes whose contexts touch share a hunk.
    private static IEnumerable<List<Change>> Hunks(List<Change> changes)
    {
        var hunk = new List<Change>();
        foreach (var change in changes)
        {
            if (hunk.Count > 0 && change.OldStart - hunk[^1].OldEnd > 2 * Context)
            {
                yield return hunk;
                hunk = [];
            }

            hunk.Add(change);
        }

        if (hunk.Count > 0) yield return hunk;
    }

    private static void Append(StringBuilder diff, List<Change> hunk, List<string> old, List<string> now)
    {
        var lead = Math.Min(Context, hunk[0].OldStart);
        var tail = Math.Min(Context, old.Count - hunk[^1].OldEnd);
        var oldStart = hunk[0].OldStart - lead;
        var nowStart = hunk[0].NowStart - lead;
        var oldLength = hunk[^1].OldEnd + tail - oldStart;
        var nowLength = hunk[^1].NowEnd + tail - nowStart;
        diff.Append("@@ -").Append(Range(oldStart, oldLength)).Append(" +").Append(Range(nowStart, nowLength)).Append(" @@\n");

        var at = oldStart;
        foreach (var change in hunk)
        {
            for (; at < change.OldStart; at++) AppendLine(diff, ' ', old[at]);
            for (; at < change.OldEnd; at++) AppendLine(diff, '-', old[at]);
            for (var i = change.NowStart; i < change.NowEnd; i++) AppendLine(diff, '+', now[i]);
        }

        for (; at < oldStart + oldLength; at++) AppendLine(diff, ' ', old[at]);
    }

    private static string Range(int start, int length)
    {
        // An empty range is named by the line in front of it.
        var line = length == 0 ? start : start + 1;
        return length == 1 ? $"{line}" : $"{line},{length}";
    }

    private static void AppendLine(StringBuilder diff, char mark, string line)
    {
        diff.Append(mark).Append(line);
        if (!line.EndsWith('\n')) diff.Append("\n\\ No newline at end of file\n");
    }

    private readonly record struct Change(int OldStart, int OldEnd, int NowStart, int NowEnd);
}
