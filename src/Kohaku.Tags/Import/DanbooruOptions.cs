namespace Kohaku.Tags;

/// <summary>Whom to ask for tags, for which, and how gently.</summary>
public sealed record DanbooruOptions
{
    /// <summary>The site; its <c>tags.json</c>, <c>tag_aliases.json</c> and <c>tag_implications.json</c> are read.</summary>
    public Uri BaseAddress { get; init; } = new("https://danbooru.donmai.us/");

    /// <summary>Tags with fewer posts are not asked for.</summary>
    public int LeastPosts { get; init; } = 50;

    /// <summary>Records a page; the site gives at most 1000.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>The wait between two pages.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The wait before the second attempt at a page; it doubles with each further one.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a page is asked for before giving up.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Who asks.</summary>
    public string UserAgent { get; init; } = "kohaku/0.1 (tag list update)";
}
