using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Facts;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary><c>kohaku/tagInfo</c>: all that is known of a tag; null for what is none.</summary>
internal sealed class TagInfoHandler : IBackgroundHandler<TagInfoParams, TagInfo>
{
    private const int MostImpliedBy = 100;

    /// <inheritdoc/>
    public TagInfo? Handle(Snapshot snapshot, TagInfoParams request, CancellationToken cancel)
    {
        var pool = snapshot.Setup.PoolFor(Path.Combine(snapshot.Client.FirstFolder, "a.prompt"));
        var lookup = pool.Services.Lookup;
        if (!lookup.TryFind(request.Tag, out var match)) return null;

        var tag = lookup[match.Tag];
        return new TagInfo
        {
            Name = tag.Name,
            Label = tag.Text,
            Category = tag.Category.Word(),
            Posts = tag.Posts,
            Popularity = TagFacts.Popularity(tag, pool.Settings),
            Aliases = [.. tag.Aliases.Select(TagDisplay.Of)],
            Implies = Names(lookup.Implications(match.Tag, transitive: true)),
            ImpliedBy = Names(lookup.ImpliedBy(match.Tag, MostImpliedBy)),
            Section = TagFacts.SectionName(tag.Category, tag.Text, pool.Settings.Profile),
            Wiki = TagFacts.Wiki(tag),
            Markdown = TagFacts.Markdown(lookup, match.Tag, pool.Settings),
        };

        string[] Names(IEnumerable<TagId> tags) => [.. tags.Select(id => lookup[id].Text)];
    }
}
