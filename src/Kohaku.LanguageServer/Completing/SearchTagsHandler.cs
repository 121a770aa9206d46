using Kohaku.Analysis.Profiles;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary><c>kohaku/searchTags</c>: the tags that a query may mean, best first.</summary>
internal sealed class SearchTagsHandler(SearchPools pools) : IBackgroundHandler<SearchTagsParams, SearchTagsResult>
{
    private const int MostItems = 1000;

    /// <inheritdoc/>
    public SearchTagsResult Handle(Snapshot snapshot, SearchTagsParams request, CancellationToken cancel)
    {
        var pool = pools.For(snapshot, Path.Combine(snapshot.Client.FirstFolder, "a.prompt"));
        var limit = Math.Clamp(request.Limit, 0, MostItems);
        TagCategory? category = request.Category is { } word && TagCategories.TryRead(word, out var read) ? read : null;
        using var bench = pool.Rent();

        // Few of the best may be of the category: then more are looked at, in the end all.
        for (var most = category is null ? limit + pool.Settings.Profile.Qualities.Count * 3 : limit * 8; ; most *= 16)
        {
            cancel.ThrowIfCancellationRequested();
            most = Math.Min(most, pool.Lookup.Count);
            var hits = bench.Searcher.Find(new TagQuery(request.Query) { Most = most, Section = category });
            var items = Items(pool, hits, category, limit);
            if (items.Count == limit || hits.Length < most || most == pool.Lookup.Count) return new SearchTagsResult([.. items]);
        }
    }

    /// <summary>How a match is called in answers.</summary>
    internal static string Word(MatchKind match) => match switch
    {
        MatchKind.Subsequence => "subsequence",
        MatchKind.TwoTypos => "typo2",
        _ => match.Word(),
    };

    private static List<FoundTag> Items(SearchPool pool, ReadOnlySpan<TagHit> hits, TagCategory? category, int limit)
    {
        var items = new List<FoundTag>();
        foreach (var hit in hits)
        {
            if (items.Count == limit) break;
            var tag = pool.Lookup[hit.Tag];

            // The model's own words are no tags of the list: they have no posts.
            var text = tag.Text;
            if ((category is { } only && tag.Category != only) || pool.Settings.Profile.Classify(text, out _) is SpecialKind.Quality or SpecialKind.Rating or SpecialKind.Date) continue;
            items.Add(new FoundTag(tag.Name, text, tag.Category.Word(), tag.Posts, Word(hit.Match)) { Alias = hit.Spelling == TagSpelling.Name ? null : pool.Lookup.MatchedText(hit) });
        }

        return items;
    }
}
