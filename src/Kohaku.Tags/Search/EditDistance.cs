namespace Kohaku.Tags;

/// <summary>
/// Edits between two spellings: a byte inserted, removed or replaced, or two neighbours swapped (optimal string alignment).
/// </summary>
internal static class EditDistance
{
    /// <summary>Whether at most so many edits lead from one text to the other. Meant for one or two: the work triples with each.</summary>
    public static bool IsWithin(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int edits)
    {
        var common = a.CommonPrefixLength(b);
        a = a[common..];
        b = b[common..];
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length + b.Length <= edits;
        }

        if (edits == 0 || Math.Abs(a.Length - b.Length) > edits)
        {
            return false;
        }

        return IsWithin(a[1..], b[1..], edits - 1)
            || IsWithin(a[1..], b, edits - 1)
            || IsWithin(a, b[1..], edits - 1)
            || (a.Length > 1 && b.Length > 1 && a[0] == b[1] && a[1] == b[0] && IsWithin(a[2..], b[2..], edits - 1));
    }

    /// <summary>Whether one edit leads from a text to a beginning of another.</summary>
    public static bool IsWithinOneOfPrefix(ReadOnlySpan<byte> text, ReadOnlySpan<byte> whole)
    {
        var common = text.CommonPrefixLength(whole);
        text = text[common..];
        whole = whole[common..];
        if (text.Length <= 1)
        {
            return true;
        }

        if (whole.StartsWith(text[1..]))
        {
            return true;
        }

        return whole.Length > 0
            && (whole[1..].StartsWith(text) || whole[1..].StartsWith(text[1..])
            || (whole.Length > 1 && whole[0] == text[1] && whole[1] == text[0] && whole[2..].StartsWith(text[2..])));
    }
}
