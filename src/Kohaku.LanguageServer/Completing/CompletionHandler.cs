using System.Runtime.InteropServices;
using Kohaku.Analysis.Completion;
using Kohaku.Analysis.Linting;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary><c>textDocument/completion</c>: what may be written at a place, best first.</summary>
/// <remarks>
/// The range is the whole tag under the cursor for inserting and replacing alike: what is left of a tag's end is never wanted. No commit characters: with a comma as one, words that no list has
/// would turn into the nearest tag.
/// </remarks>
internal sealed class CompletionHandler(SearchPools pools, UsageMemory usage, AcceptanceWatch watch, LastAsked last) : IBackgroundHandler<CompletionParams, CompletionList>
{
    // So many other tags tell enough of a prompt.
    private const int MostPresent = 4096;

    /// <inheritdoc/>
    public CompletionList? Handle(Snapshot snapshot, CompletionParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var offset = document.Lines.Offset(request.Position);
        var part = document.PartAt(offset);

        // Behind a part begins a line `---`, which must keep to itself.
        if (offset >= part.Span.End && offset < document.Text.Length) return null;

        using var reading = PartReading.Of(snapshot, document, part);
        var place = PlaceReader.At(reading.Tree, reading.ToTree(offset));
        if (place.Kind == PlaceKind.None) return null;

        last.Path = document.Path;
        var pool = pools.For(snapshot, document.Path);
        if (place.Kind == PlaceKind.Wildcard && pool.Wildcards.Count == 0) place = place.Joined! with { Joined = null };
        if (place.Kind == PlaceKind.Tag) return Tags(snapshot, reading, place, pool, cancel);

        var list = new ItemList(snapshot.Client, reading, place.Span, place.Offset);
        switch (place.Kind)
        {
            case PlaceKind.Network:
                NameItems.AddNetworks(list, place, pool);
                break;
            case PlaceKind.Embedding:
                NameItems.AddEmbeddings(list, place, pool);
                break;
            case PlaceKind.Wildcard:
                NameItems.AddWildcards(list, place, pool);
                break;
            case PlaceKind.ParameterKey:
                NameItems.AddKeys(list, place, reading.Tree);
                break;
            case PlaceKind.ParameterValue:
                NameItems.AddValues(list, place, pool.Settings.Profile);
                break;
            default:
                NameItems.AddRules(list, place);
                break;
        }

        return list.Finish();
    }

    private CompletionList? Tags(Snapshot snapshot, PartReading reading, CompletionPlace place, SearchPool pool, CancellationToken cancel)
    {
        var (positive, negative) = reading.Prompt(reading.PromptAt(place.Offset));
        var side = reading.Tree.Sides[place.Side].IsNegative ? negative! : positive;
        place = KeepCut(side, place);
        using var bench = pool.Rent();
        var trained = TrainedWords.Of(positive, pool);
        var counts = snapshot.Setup.Editor.CountsUsage;
        if (counts) usage.Start(snapshot);
        var view = counts ? usage.ViewFor(pool) : null;
        Gather(side, place, pool, bench, view, trained);

        var guess = SectionGuess.Of(side, place);
        var hits = ReadOnlySpan<TagHit>.Empty;
        if (place.Joined is { } joined)
        {
            hits = Find(joined, guess, bench, view);
            if (!hits.IsEmpty && hits[0].Match <= MatchKind.Prefix) place = joined;
            else hits = [];
        }

        if (hits.IsEmpty) hits = Find(place, guess, bench, view);

        var list = new ItemList(snapshot.Client, reading, place.Span, place.Offset);
        NameItems.AddLineStarts(list, place, negative is not null, capitals: true);
        NameItems.AddDividers(list, place, pool.Settings.Dialect, side.IsNegative);
        if (place.Query.StartsWith('<') && !side.IsNegative) NameItems.AddWholeNetworks(list, place, pool);
        new TagItems(pool, side, place, trained).Add(list, hits, cancel);
        NameItems.AddLineStarts(list, place, negative is not null, capitals: false);
        if (counts) watch.Note(reading.Document, reading.Part.Start + place.Span.Start, list.Offered);
        return list.Finish();
    }

    private static ReadOnlySpan<TagHit> Find(CompletionPlace place, SectionGuess guess, SearchBench bench, UsageView? view)
    {
        var query = new TagQuery(place.Query)
        {
            Most = ItemList.Most,
            Section = guess.Category,
            ArtistsLead = guess.ArtistsLead,
            Present = CollectionsMarshal.AsSpan(bench.Present),
            Used = view?.Used,
            Together = bench.Together.Count > 0 ? bench.Together : null,
        };

        // A copy: a second search in the same buffers may follow.
        return bench.Searcher.Find(query).ToArray();
    }

    /// <summary>A tag that brackets cut, as in <c>long (hair:1.2)</c>, gets no comma between its pieces.</summary>
    private static CompletionPlace KeepCut(PromptView side, CompletionPlace place)
    {
        foreach (ref readonly var tag in side.Tags)
            if (tag.IsCut && Touches(tag, place)) return place with { Span = place.Word, Before = "", Behind = "" };
        return place;
    }

    private static void Gather(PromptView side, CompletionPlace place, SearchPool pool, SearchBench bench, UsageView? view, TrainedWords trained)
    {
        var lookup = pool.Lookup;
        foreach (ref readonly var tag in side.Tags)
        {
            if (Touches(tag, place) || !tag.Text.IsKnown || !lookup.TryFind(tag.Text.Canonical, out var match)) continue;
            if (bench.Present.Count == MostPresent) break;

            bench.Present.Add(match.Tag);
            if (view is not null && view.Beside.TryGetValue(match.Tag, out var beside)) bench.Together.UnionWith(beside);
            if (tag.Text.Category == TagCategory.Character && SeriesOf(tag.Text.Canonical) is { IsEmpty: false } series && lookup.TryFind(series, out var known)) bench.Together.Add(known.Tag);
        }

        foreach (var word in trained.Words)
            if (lookup.TryFind(word, out var match)) bench.Together.Add(match.Tag);
    }

    /// <summary>The series that a character is named with: <c>rem (re:zero)</c>.</summary>
    private static ReadOnlySpan<char> SeriesOf(string character)
    {
        var open = character.LastIndexOf('(');
        return open > 0 && character.EndsWith(')') ? character.AsSpan(open + 1, character.Length - open - 2) : [];
    }

    private static bool Touches(in TagView tag, CompletionPlace place) => place.Word.Length > 0 && tag.Span.Start < place.Word.End && place.Word.Start < tag.Span.End;
}
