namespace Kohaku.Tags;

/// <summary>The first letters of a spelling's words.</summary>
internal static class IndexInitials
{
    /// <summary>Words behind this many are left out.</summary>
    public const int Most = 12;

    /// <summary>Writes the initials of a spelling and says how many there are.</summary>
    public static int Of(ReadOnlySpan<byte> spelling, Span<byte> initials)
    {
        var count = 0;
        for (var offset = 0; offset < spelling.Length && count < Most; offset++)
        {
            if (spelling[offset] < 0x80 && TagText.IsWordStart(spelling, offset))
            {
                initials[count++] = spelling[offset];
            }
        }

        return count;
    }
}
