namespace Kohaku.Tags.Tests;

public sealed class SearchTests
{
    private readonly TagSearcher _searcher = new(Shipped.Lookup);

    [Theory]
    [InlineData("solo", "solo", MatchKind.Exact)]
    [InlineData("long_h", "long hair", MatchKind.Prefix)]
    [InlineData("long h", "long hair", MatchKind.Prefix)]
    [InlineData("blue eyes", "blue eyes", MatchKind.Exact)]
    [InlineData("eyes blue", "blue eyes", MatchKind.Words)]
    [InlineData("hatsu", "hatsune miku", MatchKind.Prefix)]
    [InlineData("lh", "long hair", MatchKind.Initials)]
    [InlineData("detco", "detached collar", MatchKind.Subsequence)]
    [InlineData("logn hair", "long hair", MatchKind.Typo)]
    [InlineData("LONG HAIR", "long hair", MatchKind.Exact)]
    [InlineData("hastune", "hatsune miku", MatchKind.PrefixTypo)]
    [InlineData("^_^", "^_^", MatchKind.Exact)]
    public void A_query_finds_the_expected_tag_first(string query, string expected, MatchKind kind)
    {
        var first = _searcher.Find(new TagQuery(query))[0];
        Assert.Equal((expected, kind), (Text(first), first.Match));
    }

    [Fact]
    public void A_list_does_not_vanish_on_an_underscore() => Assert.Equal("long hair", Text(_searcher.Find(new TagQuery("long_"))[0]));

    [Fact]
    public void An_alias_says_which_it_was()
    {
        var first = _searcher.Find(new TagQuery("boobs"))[0];
        Assert.Equal(("breasts", TagSpelling.Alias, "boobs"), (Text(first), first.Spelling, Shipped.Lookup.MatchedText(first)));
    }

    [Fact]
    public void Each_tag_comes_once()
    {
        foreach (var query in (string[])["s", "ha", "blue", "long hair", "sword"])
        {
            var tags = _searcher.Find(new TagQuery(query)).ToArray().Select(hit => hit.Tag).ToArray();
            Assert.Equal(tags.Distinct().Count(), tags.Length);
        }
    }

    [Fact]
    public void Tiers_follow_each_other_with_the_popular_first_behind_word_starts()
    {
        foreach (var query in (string[])["blue eyes", "detco", "logn hair", "sword", "smlie", "cat_ear", "hair b"])
        {
            var places = _searcher.Find(new TagQuery(query)).ToArray().Select(LongPlace).ToArray();
            Assert.Equal(places.Order(), places);
        }
    }

    [Fact]
    public void Short_queries_have_four_tiers_and_split_behind_the_first()
    {
        foreach (var query in (string[])["lh", "abs", "s", "ha", "1g", "o_o"])
        {
            var hits = _searcher.Find(new TagQuery(query)).ToArray();
            Assert.All(hits, hit => Assert.InRange(hit.Match, MatchKind.Exact, MatchKind.Initials));
            var places = hits.Select(hit => hit.Match == MatchKind.Exact ? 0 : (IsPopular(hit) ? 0 : 10) + (int)hit.Match).ToArray();
            Assert.Equal(places.Order(), places);
        }
    }

    [Fact]
    public void Inside_a_tier_the_most_used_come_first()
    {
        var posts = _searcher.Find(new TagQuery("sword")).ToArray().Where(hit => hit.Match == MatchKind.Prefix).Select(Posts).ToArray();
        Assert.Equal(posts.OrderDescending(), posts);
    }

    [Fact]
    public void The_best_hundred_are_the_same_as_without_any_shortcut()
    {
        foreach (var query in (string[])["s", "sh", "blue", "hair", "a c", "h r", "b e", "girl"])
        {
            Assert.Equal(Everything(query).Take(100), _searcher.Find(new TagQuery(query)).ToArray().Select(hit => hit.Tag.Value));
        }
    }

    [Fact]
    public void A_boost_raises_a_tag_inside_its_tier_only()
    {
        var without = _searcher.Find(new TagQuery("blue")).ToArray();
        var raised = without.Where(hit => hit.Match == MatchKind.Prefix).ElementAt(1);
        var boosted = _searcher.Find(new TagQuery("blue") { Used = [raised.Tag], Together = [raised.Tag], Section = Shipped.Lookup[raised.Tag].Category }).ToArray();
        Assert.Equal(raised.Tag, boosted.First(hit => hit.Match == MatchKind.Prefix).Tag);
        var word = _searcher.Find(new TagQuery("blue") { Most = 1000 }).ToArray().First(hit => hit.Match == MatchKind.Words);
        boosted = _searcher.Find(new TagQuery("blue") { Used = [word.Tag], Together = [word.Tag] }).ToArray();
        Assert.Equal(MatchKind.Prefix, boosted[0].Match);
    }

    [Fact]
    public void Artists_lead_their_tier_only_where_asked()
    {
        Assert.NotEqual(TagCategory.Artist, Category(_searcher.Find(new TagQuery("ma"))[0]));
        Assert.NotEqual(TagCategory.Artist, Category(_searcher.Find(new TagQuery("ma") { Section = TagCategory.Artist })[0]));
        var hits = _searcher.Find(new TagQuery("ma") { ArtistsLead = true }).ToArray();
        Assert.Equal(TagCategory.Artist, Category(hits[0]));
        Assert.Equal(IsPopular(hits[0]), hits.Any(IsPopular));
    }

    [Fact]
    public void A_tag_already_there_is_marked_and_stands_last()
    {
        var solo = _searcher.Find(new TagQuery("solo"))[0].Tag;
        var hits = _searcher.Find(new TagQuery("solo") { Present = [solo] }).ToArray();
        Assert.Equal((solo, true), (hits[^1].Tag, hits[^1].IsPresent));
        Assert.All(hits[..^1], hit => Assert.False(hit.IsPresent));
        Assert.Equal(solo, _searcher.Find(new TagQuery("solo"))[0].Tag);
    }

    [Fact]
    public void Nothing_typed_offers_the_most_used()
    {
        var hits = _searcher.Find(new TagQuery("") { Most = 5 }).ToArray();
        Assert.Equal([0, 1, 2, 3, 4], hits.Select(hit => hit.Tag.Value));
    }

    [Theory]
    [InlineData("xqzjvkw")]
    [InlineData("長")]
    [InlineData("\ud800")]
    public void What_nothing_resembles_finds_nothing(string query) => Assert.Equal(0, _searcher.Find(new TagQuery(query)).Length);

    [Fact]
    public void No_query_throws_whatever_is_typed()
    {
        var random = new Random(7);
        var letters = "abch 1_()\\:é漢\ud83d\udca9-'\"".ToCharArray();
        for (var round = 0; round < 3000; round++)
        {
            var query = new string(random.GetItems(letters, random.Next(30)));
            Assert.InRange(_searcher.Find(new TagQuery(query)).Length, 0, 100);
        }

        Assert.Equal(0, _searcher.Find(new TagQuery(new string('a', 100_000))).Length);
    }

    [Fact]
    public void A_query_allocates_nothing()
    {
        string[] queries = ["s", "lh", "detco", "logn hair", "eyes blue", "blue eyes", "a c"];
        foreach (var query in queries)
        {
            _searcher.Find(new TagQuery(query));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var query in queries)
        {
            _searcher.Find(new TagQuery(query));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_popular_tag_is_found_first_with_two_letters_swapped()
    {
        var random = new Random(5);
        for (var id = 0; id < 400; id++)
        {
            var name = Shipped.Lookup[new TagId(id)].Text;
            if (name.Length <= 8)
            {
                continue;
            }

            var at = random.Next(1, name.Length - 1);
            var typed = string.Concat(name.AsSpan(0, at), name.AsSpan(at + 1, 1), name.AsSpan(at, 1), name.AsSpan(at + 2));
            if (!Shipped.Lookup.TryFind(typed, out _))
            {
                Assert.Contains(new TagId(id), _searcher.Find(new TagQuery(typed))[..1].ToArray().Select(hit => hit.Tag));
            }
        }
    }

    [Fact]
    public void The_nearest_tags_come_by_distance_then_use()
    {
        var near = Shipped.Lookup.Nearest("lomg hair", 3);
        Assert.Equal("long hair", Text(near[0]));
        Assert.Equal("hatsune miku", Text(Shipped.Lookup.Nearest("hatsume mikku", 1)[0]));
        Assert.Empty(Shipped.Lookup.Nearest("a sentence that is no tag at all", 3));
    }

    [Fact]
    public void A_translation_finds_its_tag()
    {
        var list = Small();
        list.Translations.Add(("long_hair", "长发"));
        list.Translations.Add(("very_long_hair", "超长发"));
        using var index = TagIndex.FromBytes(list.ToIndex().Build());
        var lookup = new TagLookup(index);
        var hits = new TagSearcher(lookup).Find(new TagQuery("长发"));
        Assert.Equal("long_hair", lookup[hits[0].Tag].Name);
        Assert.Equal((TagSpelling.Translation, MatchKind.Exact), (hits[0].Spelling, hits[0].Match));
        Assert.Equal("very_long_hair", lookup[hits[1].Tag].Name);
        Assert.Equal(["长发"], lookup[hits[0].Tag].Translations);
        Assert.False(lookup.TryFind("长发", out _));
    }

    [Fact]
    public void The_users_own_tags_are_found_among_the_others()
    {
        var lookup = new TagLookup(Shipped.Index, [new TagRow("hatsu_my_oc", TagCategory.Character, 10_000_000, []), new TagRow("solo", TagCategory.General, 3, [])], []);
        var searcher = new TagSearcher(lookup);
        Assert.Equal("hatsu_my_oc", lookup[searcher.Find(new TagQuery("hatsu"))[0].Tag].Name);
        var solos = searcher.Find(new TagQuery("solo")).ToArray().Where(hit => lookup[hit.Tag].Name == "solo").ToArray();
        Assert.Equal(3, lookup[Assert.Single(solos).Tag].Posts);
    }

    [Fact]
    public void A_search_in_a_damaged_body_answers_or_says_that_it_is_damaged()
    {
        var random = new Random(2);
        for (var round = 0; round < 5; round++)
        {
            var bytes = Shipped.File.ToArray();
            random.NextBytes(bytes.AsSpan(1024 + random.Next(bytes.Length - 2_600_000), 2_500_000));
            using var index = TagIndex.FromBytes(bytes);
            var searcher = new TagSearcher(new TagLookup(index));
            foreach (var query in (string[])["s", "lh", "detco", "logn hair", "eyes blue"])
            {
                if (Record.Exception(() => searcher.Find(new TagQuery(query)).Length) is { } error)
                {
                    Assert.IsType<TagDataException>(error);
                }
            }
        }
    }

    private static TagList Small()
    {
        var list = new TagList();
        list.Rows.Add(new TagRow("long_hair", TagCategory.General, 3_000_000, []));
        list.Rows.Add(new TagRow("very_long_hair", TagCategory.General, 500_000, []));
        list.Rows.Add(new TagRow("hatsune_miku", TagCategory.Character, 90_000, ["miku"]));
        return list;
    }

    /// <summary>Exact, prefix and word starts by the plainest means.</summary>
    private static IEnumerable<int> Everything(string query)
    {
        var words = query.Split(' ');
        var found = new List<(int Place, int Posts, int Tag)>();
        for (var tag = 0; tag < Shipped.Index.Count; tag++)
        {
            var entry = Shipped.Lookup[new TagId(tag)];
            var place = entry.Aliases.Append(entry.Name).Min(spelling => Place(spelling.Replace('_', ' '), query, words));
            if (place < 9)
            {
                var split = query.Length <= 3 && place > 0 && entry.Posts < 1000 ? 10 : 0;
                found.Add((place + split, entry.Posts, tag));
            }
        }

        return found.OrderBy(hit => hit.Place).ThenByDescending(hit => hit.Posts).ThenBy(hit => hit.Tag).Select(hit => hit.Tag);
    }

    private static int Place(string spelling, string query, string[] words)
    {
        if (spelling == query)
        {
            return 0;
        }

        if (spelling.StartsWith(query, StringComparison.Ordinal))
        {
            return 1;
        }

        var starts = Enumerable.Range(0, spelling.Length)
            .Where(at => char.IsAsciiLetterOrDigit(spelling[at]) && (at == 0 || (!char.IsAsciiLetterOrDigit(spelling[at - 1]) && spelling[at - 1] != '\''))).ToList();
        foreach (var word in words)
        {
            var start = starts.FindIndex(at => spelling[at..].StartsWith(word, StringComparison.Ordinal));
            if (start < 0)
            {
                return 9;
            }

            starts.RemoveAt(start);
        }

        return 2;
    }

    private static int LongPlace(TagHit hit) => (hit.Match <= MatchKind.Words || IsPopular(hit) ? 0 : 10) + (int)hit.Match;

    private static bool IsPopular(TagHit hit) => Posts(hit) >= 1000;

    private static int Posts(TagHit hit) => Shipped.Lookup[hit.Tag].Posts;

    private static TagCategory Category(TagHit hit) => Shipped.Lookup[hit.Tag].Category;

    private static string Text(TagHit hit) => Shipped.Lookup[hit.Tag].Text;
}
