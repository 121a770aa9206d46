using System.Runtime.CompilerServices;

namespace Kohaku.Tags.Tests;

public sealed class IndexFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-tags-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_mapped_file_answers_as_the_bytes_do()
    {
        using var index = TagIndex.Open(ShippedData.Build(Shipped.FactsFolder, _folder));
        Assert.Equal(Shipped.Index.ContentHash, index.ContentHash);
        Assert.Equal(Shipped.Index.Count, index.Count);
        Assert.Equal(20231130, index.AsOf);
        Assert.True(index.TryFind("hatsune miku", out var match));
        Assert.Equal("hatsune_miku", new TagLookup(index)[match.Tag].Name);
        index.Verify();
    }

    [Fact]
    public void The_same_facts_in_any_order_give_the_same_bytes()
    {
        var facts = Shipped.Facts();
        facts.Rows.Reverse();
        facts.Implications.Reverse();
        Assert.True(Shipped.File.AsSpan().SequenceEqual(facts.ToIndex().Build()));
    }

    [Fact]
    public void An_index_gives_back_the_facts_it_was_made_from() =>
        Assert.True(Shipped.File.AsSpan().SequenceEqual(TagList.Of(Shipped.Index).ToIndex().Build()));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void A_file_cut_off_is_said_to_be_damaged(int length)
    {
        var path = Save(Shipped.File[..length]);
        Assert.Contains(path, Assert.Throws<TagDataException>(() => TagIndex.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_one_clear_error()
    {
        var error = Assert.Throws<TagDataException>(() => TagIndex.Open(Path.Combine(_folder, "none.index")));
        Assert.Contains("none.index", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_changed_byte_of_the_head_is_noticed_at_once()
    {
        for (var at = 0; at < 64; at++)
        {
            var bytes = Shipped.File.ToArray();
            bytes[at] ^= 0x10;
            Assert.Throws<TagDataException>(() => TagIndex.FromBytes(bytes));
        }
    }

    [Fact]
    public void A_changed_byte_of_the_body_is_noticed_by_verifying()
    {
        var bytes = Shipped.File.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        using var index = TagIndex.FromBytes(bytes);
        Assert.Throws<TagDataException>(index.Verify);
    }

    [Fact]
    public void Looking_up_in_a_damaged_body_gives_an_answer_or_says_that_it_is_damaged()
    {
        var random = new Random(1);
        for (var round = 0; round < 8; round++)
        {
            var bytes = Shipped.File.ToArray();
            random.NextBytes(bytes.AsSpan(1024 + random.Next(bytes.Length - 600_000), 500_000));
            using var index = TagIndex.FromBytes(bytes);
            foreach (var name in (string[])["long_hair", "solo", "hatsune_miku", "no such tag", "boobs"])
            {
                if (Record.Exception(() => index.TryFind(name, out _)) is { } error)
                {
                    Assert.IsType<TagDataException>(error);
                }
            }
        }
    }

    [Fact]
    public void A_tag_that_is_also_anothers_alias_keeps_its_own_name()
    {
        var builder = new TagIndexBuilder();
        builder.Add(new TagRow("a", TagCategory.General, 5, ["b", "c"]));
        builder.Add(new TagRow("b", TagCategory.General, 9, ["c"]));
        using var index = TagIndex.FromBytes(builder.Build());
        var lookup = new TagLookup(index);
        Assert.True(lookup.TryFind("b", out var match));
        Assert.Equal(("b", false), (lookup[match.Tag].Name, match.IsAlias));
        Assert.True(lookup.TryFind("c", out match));
        Assert.Equal(("b", true), (lookup[match.Tag].Name, match.IsAlias));
    }

    [Fact]
    public void An_empty_index_finds_nothing()
    {
        using var index = TagIndex.FromBytes(new TagIndexBuilder().Build());
        Assert.False(index.TryFind("solo", out _));
    }

    private string Save(byte[] bytes, [CallerMemberName] string name = "")
    {
        var path = Path.Combine(_folder, name + ".index");
        using var file = File.Create(path);
        file.Write(bytes);
        return path;
    }
}
