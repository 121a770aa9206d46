using System.Globalization;
using Kohaku.Analysis.Profiles;

namespace Kohaku.LanguageServer.Hovering;

/// <summary>What a profile's special words mean.</summary>
internal static class SpecialMeaning
{
    /// <summary>The kind of word: <c>quality</c>.</summary>
    public static string Kind(SpecialKind kind) => kind switch
    {
        SpecialKind.PeopleCount => "people count",
        SpecialKind.Quality => "quality",
        SpecialKind.Rating => "rating",
        _ => "date",
    };

    /// <summary>What it means to the model.</summary>
    public static string Of(Profile profile, SpecialKind kind, int index) => kind switch
    {
        SpecialKind.PeopleCount => OfCount(profile.PeopleCounts[index]),
        SpecialKind.Quality => OfQuality(profile, index),
        SpecialKind.Rating => OfRating(profile.Ratings[index]),
        _ => OfDate(profile.Dates[index]),
    };

    private static string OfCount(PeopleCountWord count)
    {
        if (count.Group is null) return "counts nobody";

        var number = count.Maximum == count.Minimum ? Number(count.Minimum) : count.Maximum == int.MaxValue ? $"{Number(count.Minimum)} or more" : $"{Number(count.Minimum)}–{Number(count.Maximum)}";
        return $"{count.Group}s: {number}";
    }

    private static string OfQuality(Profile profile, int index)
    {
        var from = profile.Qualities[index].Percentile;
        var to = index == 0 ? 100 : profile.Qualities[index - 1].Percentile;
        return $"percentile {Number(from)}–{Number(to)} of the favourite count within each rating";
    }

    private static string OfRating(RatingWord rating)
    {
        var beside = rating.GoesWith is { } other ? $"; stands beside {other}" : "";
        return $"danbooru's {rating.Danbooru}{beside}";
    }

    private static string OfDate(DateWord date) => $"uploaded {Number(date.First)}–{Number(date.Last)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
