using System.Globalization;

namespace Kohaku.LanguageServer.Completing;

/// <summary>Post counts as people read them.</summary>
internal static class Posts
{
    private const int Thousand = 1000;
    private const int Million = 1_000_000;

    /// <summary>Two or three digits: <c>4.9M</c>, <c>91k</c>, <c>804</c>.</summary>
    public static string Short(int posts) => posts switch
    {
        < Thousand => posts.ToString(CultureInfo.InvariantCulture),
        < 10 * Thousand => Rounded(posts, Thousand, "0.#") + "k",
        < Million => posts >= Million - (Thousand / 2) ? "1M" : Rounded(posts, Thousand, "0") + "k",
        < 10 * Million => Rounded(posts, Million, "0.#") + "M",
        _ => Rounded(posts, Million, "0") + "M",
    };

    private static string Rounded(int posts, int unit, string format) => ((double)posts / unit).ToString(format, CultureInfo.InvariantCulture);
}
