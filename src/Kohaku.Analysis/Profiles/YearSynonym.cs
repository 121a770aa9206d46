using System.Buffers;

namespace Kohaku.Analysis.Profiles;

/// <summary>Years as other models write their dates: <c>2019</c>, <c>year 2019</c>.</summary>
internal static class YearSynonym
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static bool TryFind(Profile profile, ReadOnlySpan<char> tag, out Synonym synonym)
    {
        synonym = default;
        if (tag.Length is < 4 or > 16 || !tag.ContainsAny(Digits)) return false;

        Span<char> folded = stackalloc char[WordTable.LongestWord];
        folded = folded[..WordTable.Fold(tag, folded)];
        for (var i = 0; i < profile.Data.YearForms.Count; i++)
        {
            var form = profile.Data.YearForms[i];
            if (!TryReadYear(folded, form, out var year)) continue;

            if (profile.DateOf(year) is { } date)
            {
                synonym = new Synonym(SpecialKind.Date, date.Word, true);
                return true;
            }

            // A bare number outside the years of training may be anything; one that is called a year is a date, and the nearest word a guess.
            if (form.Length == YearPlace.Length || profile.Dates.Count == 0) return false;

            var nearest = year < profile.Dates[0].First ? profile.Dates[0] : profile.Dates[^1];
            synonym = new Synonym(SpecialKind.Date, nearest.Word, false);
            return true;
        }

        return false;
    }

    /// <summary>What stands for the year in a profile's year forms.</summary>
    public const string YearPlace = "{year}";

    private static bool TryReadYear(ReadOnlySpan<char> text, ReadOnlySpan<char> form, out int year)
    {
        year = 0;
        var place = form.IndexOf(YearPlace);
        var before = form[..place];
        var after = form[(place + YearPlace.Length)..];
        if (text.Length != before.Length + 4 + after.Length || !text.StartsWith(before) || !text.EndsWith(after)) return false;

        foreach (var c in text.Slice(before.Length, 4))
        {
            if (!char.IsAsciiDigit(c)) return false;
            year = (year * 10) + (c - '0');
        }

        return year is >= 1900 and < 2100;
    }
}
