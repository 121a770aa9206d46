using Kohaku.Analysis.Completion;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.LanguageServer.Facts;
using Kohaku.LanguageServer.Protocol;
using Kohaku.Syntax;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary>The tags that a place may hold, in the searcher's order.</summary>
internal sealed class TagItems(SearchPool pool, PromptView side, CompletionPlace place, TrainedWords trained)
{
    private const int MostTrained = 20;
    private readonly TagLookup _lookup = pool.Lookup;
    private readonly Profile _profile = pool.Settings.Profile;
    private readonly HashSet<string> _added = new(StringComparer.Ordinal);

    /// <summary>Adds tags to a list.</summary>
    /// <param name="list">Takes them.</param>
    /// <param name="hits">Best first.</param>
    /// <param name="cancel">Stops.</param>
    public void Add(ItemList list, ReadOnlySpan<TagHit> hits, CancellationToken cancel)
    {
        var hasTrained = false;
        foreach (var hit in hits)
        {
            if (list.IsFull) break;
            cancel.ThrowIfCancellationRequested();
            if (!hasTrained && (hit.Match != MatchKind.Exact || place.Query.Length == 0))
            {
                hasTrained = true;
                AddTrained(list);
            }

            if (place.BeginningsOnly && hit.Match > MatchKind.Prefix) continue;
            AddHit(list, hit);
        }

        if (!hasTrained) AddTrained(list);
    }

    private void AddHit(ItemList list, in TagHit hit)
    {
        var tag = _lookup[hit.Tag];
        var text = tag.Text;
        if (!TagInsertion.IsWritable(side.Tree, place, text) || (_added.Count > 0 && _added.Contains(text))) return;
        if (tag.Flags.HasFlag(TagFlags.Allowed) && EmbeddingNamed(text) is { } embedding)
        {
            var written = side.Tree.Options.Dialect == Dialect.ComfyUI ? "embedding:" + embedding : embedding;
            list.Add(new CompletionItem(embedding) { Kind = ItemKinds.File, Detail = "embedding" }, TagInsertion.Text(side.Tree, place, written));
            return;
        }

        var special = _profile.Classify(text, out var index);
        var isWord = special is SpecialKind.Quality or SpecialKind.Rating or SpecialKind.Date;
        var meaning = special != SpecialKind.None ? TagFacts.Meaning(_profile, special, index) : tag.Category.Word();
        var beside = Beside(tag, hit, text);
        var posts = isWord ? null : Posts.Short(tag.Posts);
        if (hit.IsPresent) meaning += " · in the prompt";
        list.AddTag(
            new CompletionItem(text)
            {
                Kind = special != SpecialKind.None ? ItemKinds.Keyword : ItemKinds.Of(tag.Category),
                LabelDetails = list.HasLabelDetails ? new CompletionItemLabelDetails { Detail = beside is null ? null : "  " + beside, Description = posts ?? Kind(special) } : null,
                Detail = list.HasLabelDetails ? meaning : Joined(beside, meaning, posts),
                Data = "tag:" + tag.Name,
            },
            TagInsertion.Text(side.Tree, place, text),
            tag.Name);
    }

    // Words that no list has, as the triggers of networks are, stand behind the exact matches: whoever names the network means them.
    private void AddTrained(ItemList list)
    {
        var count = 0;
        foreach (var word in trained.Words)
        {
            if (count == MostTrained) break;
            var isKnown = _lookup.TryFind(word, out var match);
            var text = isKnown ? _lookup[match.Tag].Text : word;
            var isMeant = place.Query.Length == 0 ? !trained.IsPresent(text) : !isKnown && NameMatch.Rank(word, place.Query) <= (place.BeginningsOnly ? 1 : 2);
            if (!isMeant || !TagInsertion.IsWritable(side.Tree, place, text) || !_added.Add(text)) continue;

            count++;
            list.AddTag(
                new CompletionItem(text)
                {
                    Kind = isKnown ? ItemKinds.Of(_lookup[match.Tag].Category) : ItemKinds.File,
                    LabelDetails = list.HasLabelDetails ? new CompletionItemLabelDetails { Description = isKnown ? Posts.Short(_lookup[match.Tag].Posts) : "network" } : null,
                    Detail = "trained by a network of this prompt",
                    Data = isKnown ? "tag:" + _lookup[match.Tag].Name : null,
                },
                TagInsertion.Text(side.Tree, place, text),
                isKnown ? _lookup[match.Tag].Name : text);
        }
    }

    /// <summary>What stands beside a label: the alias that was found, or what the tag is called in another language.</summary>
    private string? Beside(TagEntry tag, in TagHit hit, string text) => hit.Spelling switch
    {
        TagSpelling.Alias => $"{_lookup.MatchedText(hit)} → {text}",
        TagSpelling.Translation => _lookup.MatchedText(hit),
        _ => tag.Translations is [var first, ..] ? first : null,
    };

    // The lookup holds names in danbooru's spelling; an embedding is called by its file's.
    private string? EmbeddingNamed(string text)
    {
        foreach (var name in pool.Embeddings)
            if (name.Length == text.Length && name.Replace('_', ' ').Equals(text.Replace('_', ' '), StringComparison.OrdinalIgnoreCase)) return name;
        return null;
    }

    private static string Kind(SpecialKind kind) => kind switch
    {
        SpecialKind.Quality => "quality",
        SpecialKind.Rating => "rating",
        _ => "date",
    };

    private static string Joined(string? beside, string meaning, string? posts) => string.Join(" · ", new[] { beside, meaning, posts }.Where(text => text is not null));
}
