using Kohaku.Analysis.Profiles;
using Kohaku.Files;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Facts;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Completing;

/// <summary><c>completionItem/resolve</c>: what a hover over the item would say.</summary>
internal sealed class CompletionResolveHandler(SearchPools pools, LastAsked last) : IBackgroundHandler<CompletionItem, CompletionItem>
{
    private const string Tag = "tag:";
    private const string Network = "network:";
    private const int MostTrained = 12;

    /// <inheritdoc/>
    public CompletionItem Handle(Snapshot snapshot, CompletionItem request, CancellationToken cancel)
    {
        var pool = pools.For(snapshot, last.Path ?? Path.Combine(snapshot.Client.FirstFolder, "a.prompt"));
        var text = request.Data switch
        {
            { } data when data.StartsWith(Tag, StringComparison.Ordinal) => OfTag(pool, data[Tag.Length..]),
            { } data when data.StartsWith(Network, StringComparison.Ordinal) => OfNetwork(pool, data[Network.Length..]),
            _ => null,
        };
        if (text is null) return request;

        var formats = snapshot.Client.Capabilities.TextDocument?.Completion?.CompletionItem?.DocumentationFormat;
        return request with { Documentation = formats is null || formats.Contains("markdown") ? new MarkupContent("markdown", text) : new MarkupContent("plaintext", Markup.Plain(text)) };
    }

    private static string? OfTag(SearchPool pool, string name)
    {
        if (!pool.Lookup.TryFind(name, out var match)) return null;

        var profile = pool.Settings.Profile;
        var kind = profile.Classify(pool.Lookup[match.Tag].Text, out var index);
        return kind is SpecialKind.Quality or SpecialKind.Rating or SpecialKind.Date
            ? TagFacts.Markdown(profile, kind, index)
            : TagFacts.Markdown(pool.Lookup, match.Tag, pool.Settings);
    }

    private static string? OfNetwork(SearchPool pool, string name)
    {
        if (!pool.Networks.TryGetValue(name, out var path) || !NetworkHeader.TryRead(path, out var header, out _)) return null;

        var trained = NetworkTags.Of(header, MostTrained);
        return $"**{Markup.Escape(name)}**\n"
            + (header.BaseName is { } model ? $"\ntrained for {Markup.Escape(model)}\n" : "")
            + (trained.Count > 0 ? $"\nTrained on: {string.Join(", ", trained.Select(tag => Markup.Escape(tag.Tag)))}\n" : "");
    }
}
