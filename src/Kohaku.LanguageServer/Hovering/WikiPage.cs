namespace Kohaku.LanguageServer.Hovering;

/// <summary>A tag's page in danbooru's wiki.</summary>
internal static class WikiPage
{
    /// <summary>Its address.</summary>
    /// <param name="tag">The canonical tag, with blanks or underscores, brackets not escaped.</param>
    public static string Of(string tag) => "https://danbooru.donmai.us/wiki_pages/" + Uri.EscapeDataString(tag.Replace(' ', '_'));
}
