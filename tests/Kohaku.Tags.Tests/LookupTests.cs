namespace Kohaku.Tags.Tests;

public sealed class LookupTests
{
    [Theory]
    [InlineData("long_hair")]
    [InlineData("long hair")]
    [InlineData("Long  Hair")]
    [InlineData(" long \t_hair ")]
    public void A_name_is_found_however_it_is_spaced_and_cased(string text)
    {
        Assert.True(Shipped.Lookup.TryFind(text, out var match));
        Assert.False(match.IsAlias);
        Assert.Equal("long_hair", Shipped.Lookup[match.Tag].Name);
    }

    [Fact]
    public void An_alias_leads_to_its_tag()
    {
        Assert.True(Shipped.Lookup.TryFind("boobs", out var match));
        Assert.True(match.IsAlias);
        Assert.Equal("breasts", Shipped.Lookup[match.Tag].Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a girl with long hair and a smile")]
    [InlineData("long_hai")]
    [InlineData("長い髪")]
    [InlineData("\ud800")]
    public void What_is_no_tag_is_not_found(string text) => Assert.False(Shipped.Lookup.TryFind(text, out _));

    [Fact]
    public void A_text_longer_than_any_tag_is_not_found() => Assert.False(Shipped.Lookup.TryFind(new string('a', 1_000_000), out _));

    [Fact]
    public void Every_name_and_alias_of_the_facts_is_found()
    {
        foreach (var row in Shipped.Facts().Rows)
        {
            Assert.True(Shipped.Lookup.TryFind(row.Name, out var match), row.Name);
            var tag = Shipped.Lookup[match.Tag];
            Assert.Equal((row.Name, row.Category, row.Posts, row.Flags), (tag.Name, tag.Category, tag.Posts, tag.Flags));
            foreach (var alias in row.Aliases)
            {
                Assert.True(Shipped.Lookup.TryFind(alias.Replace('_', ' '), out match), alias);
                Assert.Equal((tag.Id, true), (match.Tag, match.IsAlias));
            }
        }
    }

    [Fact]
    public void Underscore_in_a_short_tag_is_kept()
    {
        Assert.Equal("^_^", Entry("^_^").Text);
        Assert.Equal("<o> <o>", Entry("<o>_<o>").Text);
        Assert.Equal("hatsune miku", Entry("hatsune_miku").Text);
    }

    [Fact]
    public void A_tag_implies_others_directly_and_through_them()
    {
        var tag = Entry("2022_fifa_world_cup").Id;
        var all = Shipped.Lookup.Implications(tag, transitive: true);
        Assert.Contains(Entry("world_cup").Id, all);
        Assert.All(all, implied => Assert.True(Shipped.Lookup.Implies(tag, implied)));
        Assert.False(Shipped.Lookup.Implies(Entry("world_cup").Id, tag));
        Assert.False(Shipped.Lookup.ImpliesAny(Entry("solo").Id));
    }

    [Fact]
    public void Aliases_are_listed_in_order() =>
        Assert.Equal(["blond", "blond_hair", "blonde", "gold_hair", "yellow_hair"], Entry("blonde_hair").Aliases);

    [Fact]
    public void Looking_up_allocates_nothing()
    {
        Shipped.Lookup.TryFind("long hair", out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Shipped.Lookup.TryFind("Long Hair", out _);
            Shipped.Lookup.TryFind("no such tag", out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Many_threads_read_at_once() => Parallel.ForEach(Shipped.Facts().Rows, row =>
    {
        Assert.True(Shipped.Lookup.TryFind(row.Name, out var match));
        Assert.Equal(row.Posts, Shipped.Lookup[match.Tag].Posts);
    });

    private static TagEntry Entry(string name)
    {
        Assert.True(Shipped.Lookup.TryFind(name, out var match), name);
        return Shipped.Lookup[match.Tag];
    }
}
