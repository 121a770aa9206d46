namespace Kohaku.Tags.Tests;

public sealed class OverlayTests
{
    [Fact]
    public void A_users_tag_is_known()
    {
        var lookup = With([new TagRow("my_own_oc", TagCategory.Character, 500, ["oc"])]);
        Assert.True(lookup.TryFind("my own oc", out var match));
        Assert.Equal(TagCategory.Character, lookup[match.Tag].Category);
        Assert.Equal(TagFlags.Extra, lookup[match.Tag].Flags);
        Assert.True(lookup.TryFind("OC", out match) && match.IsAlias);
    }

    [Fact]
    public void A_users_tag_stands_in_place_of_an_indexed_one_with_its_aliases_and_implications()
    {
        var lookup = With([new TagRow("breasts", TagCategory.Meta, 7, [])]);
        Assert.True(lookup.TryFind("Breasts", out var own));
        Assert.Equal((TagCategory.Meta, 7), (lookup[own.Tag].Category, lookup[own.Tag].Posts));
        var alias = Shipped.Lookup[Find(Shipped.Lookup, "breasts")].Aliases[0];
        Assert.Equal(own.Tag, Find(lookup, alias));
        Assert.Contains(alias, lookup[own.Tag].Aliases);
    }

    [Fact]
    public void A_users_tag_is_found_among_what_others_imply()
    {
        var lookup = With([new TagRow("world_cup", TagCategory.General, 7, [])]);
        var cup = Find(lookup, "2022_fifa_world_cup");
        Assert.True(lookup.Implies(cup, Find(lookup, "world_cup")));
        Assert.Contains(Find(lookup, "world_cup"), lookup.Implications(cup, transitive: true));
    }

    [Fact]
    public void An_allowed_text_is_known_and_marked()
    {
        var lookup = With([], ["My Secret Word"]);
        Assert.Equal(TagFlags.Allowed | TagFlags.Extra, lookup[Find(lookup, "my secret word")].Flags);
    }

    [Fact]
    public void An_allowed_tag_keeps_its_facts()
    {
        var lookup = With([], ["boobs"]);
        var tag = lookup[Find(lookup, "breasts")];
        Assert.Equal(("breasts", TagFlags.Allowed), (tag.Name, tag.Flags));
        Assert.Equal(Shipped.Lookup[Find(Shipped.Lookup, "breasts")].Posts, tag.Posts);
        Assert.True(lookup.TryFind("boobs", out var match) && match.IsAlias);
    }

    [Fact]
    public void Without_own_tags_the_numbers_are_the_indexs()
    {
        var lookup = With([]);
        Assert.Equal(Shipped.Index.Count, lookup.Count);
    }

    [Fact]
    public void A_translation_of_the_users_finds_an_indexed_tag_which_keeps_its_facts()
    {
        var lookup = new TagLookup(Shipped.Index, [], [], [("long hair", "长发"), ("boobs", "胸"), ("no_such_tag", "无")]);
        var searcher = new TagSearcher(lookup);
        var hit = searcher.Find(new TagQuery("长"))[0];
        Assert.Equal(("long_hair", "长发", TagFlags.None), (lookup[hit.Tag].Name, lookup.MatchedText(hit), lookup[hit.Tag].Flags));
        Assert.Equal("breasts", lookup[searcher.Find(new TagQuery("胸"))[0].Tag].Name);
        Assert.Equal(0, searcher.Find(new TagQuery("无")).Length);
        Assert.Equal(Find(lookup, "long hair"), hit.Tag);
    }

    private static TagLookup With(TagRow[] rows, params string[] allowed) => new(Shipped.Index, rows, allowed);

    private static TagId Find(TagLookup lookup, string text)
    {
        Assert.True(lookup.TryFind(text, out var match), text);
        return match.Tag;
    }
}
