using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>What changed between two texts, tag by tag, so that a host keeps the bytes of all that did not.</summary>
public static class TextDifference
{
    // Above this the middle is replaced whole: the table of the longest common part grows with the square.
    private const int LargestTable = 1 << 20;

    /// <summary>Edits, sorted and apart, that turn one text into the other.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    public static IReadOnlyList<HostEdit> Between(string before, string after)
    {
        var prefix = before.AsSpan().CommonPrefixLength(after);
        var suffix = 0;
        var most = Math.Min(before.Length, after.Length) - prefix;
        while (suffix < most && before[^(suffix + 1)] == after[^(suffix + 1)]) suffix++;

        // A pair of surrogates stays whole: half of one can not be written as UTF-8.
        if (prefix > 0 && char.IsHighSurrogate(before[prefix - 1])) prefix--;
        if (suffix > 0 && char.IsLowSurrogate(before[^suffix])) suffix--;

        var old = Pieces(before, prefix, before.Length - suffix);
        var now = Pieces(after, prefix, after.Length - suffix);
        var edits = new List<HostEdit>();
        if ((long)old.Count * now.Count > LargestTable)
        {
            edits.Add(new HostEdit(TextSpan.FromBounds(prefix, before.Length - suffix), after[prefix..^suffix]));
            return edits;
        }

        var common = CommonLengths(before, old, after, now);
        var (i, j) = (0, 0);
        while (i < old.Count || j < now.Count)
        {
            if (i < old.Count && j < now.Count && Same(before, old[i], after, now[j]))
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }

            var (start, text) = (i < old.Count ? old[i].Start : before.Length - suffix, j < now.Count ? now[j].Start : after.Length - suffix);
            while ((i < old.Count || j < now.Count) && !(i < old.Count && j < now.Count && Same(before, old[i], after, now[j])))
            {
                if (j >= now.Count || (i < old.Count && common[i + 1, j] >= common[i, j + 1])) i++;
                else j++;
            }

            var (end, textEnd) = (i < old.Count ? old[i].Start : before.Length - suffix, j < now.Count ? now[j].Start : after.Length - suffix);
            edits.Add(new HostEdit(TextSpan.FromBounds(start, end), after[text..textEnd]));
        }

        return edits;
    }

    // common[i, j]: how many pieces the rests from i and j share in order.
    private static int[,] CommonLengths(string before, List<TextSpan> old, string after, List<TextSpan> now)
    {
        var common = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
            {
                common[i, j] = Same(before, old[i], after, now[j]) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static List<TextSpan> Pieces(string text, int from, int to)
    {
        var pieces = new List<TextSpan>();
        for (var start = from; start < to;)
        {
            var end = text.AsSpan(start, to - start).IndexOfAny(',', '\n');
            var next = end < 0 ? to : start + end;
            if (next > start) pieces.Add(TextSpan.FromBounds(start, next));
            if (next < to) pieces.Add(new TextSpan(next, 1));
            start = next + 1;
        }

        return pieces;
    }

    private static bool Same(string before, TextSpan a, string after, TextSpan b) =>
        before.AsSpan(a.Start, a.Length).SequenceEqual(after.AsSpan(b.Start, b.Length));
}
