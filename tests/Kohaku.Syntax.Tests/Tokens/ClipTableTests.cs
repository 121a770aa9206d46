using System.Security.Cryptography;
using System.Text;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Syntax.Tests.Tokens;

public sealed class ClipTableTests
{
    [Fact]
    public void The_same_facts_make_the_same_block_and_name_it()
    {
        byte[][] facts = [Vocabulary.Read("merges.txt"), Vocabulary.Read("unicode.tsv"), Vocabulary.Read("entities.tsv")];
        Assert.Equal(Vocabulary.Block, ClipTable.Build(facts[0], facts[1], facts[2]));
        Assert.Equal(SHA256.HashData(facts.SelectMany(fact => fact).ToArray()), Vocabulary.Table.ContentHash.ToArray());
    }

    [Fact]
    public unsafe void A_block_is_used_where_it_lies()
    {
        fixed (byte* start = Vocabulary.Block)
        {
            using var table = new ClipTable(start, Vocabulary.Block.Length + 4096L);
            Assert.Equal([272, 1611], new ClipTokenizer(table).Encode("1girl"));
        }
    }

    [Theory]
    [InlineData(0, "this is no CLIP table")]
    [InlineData(100, "this is no CLIP table")]
    [InlineData(5000, "this CLIP table is cut short")]
    public void A_block_cut_short_is_refused(int length, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => new ClipTable(Vocabulary.Block.AsMemory(0, length))).Message);

    [Fact]
    public void Another_version_is_refused()
    {
        var block = Vocabulary.Block.ToArray();
        block[8] = 9;
        var error = Assert.Throws<InvalidDataException>(() => new ClipTable(block));
        Assert.Equal("this CLIP table is of version 9, this program reads version 1", error.Message);
    }

    [Fact]
    public void A_section_outside_the_block_is_refused()
    {
        for (var section = 0; section <= (int)ClipSection.EntityValues; section++)
        {
            var block = Vocabulary.Block.ToArray();
            block[ClipTable.SectionsOffset + (section * 8) + 3] = 0x7F;
            Assert.Equal("this CLIP table is damaged", Assert.Throws<InvalidDataException>(() => new ClipTable(block)).Message);
        }
    }

    [Fact]
    public void A_wrong_line_is_named()
    {
        var merges = Encoding.UTF8.GetString(Vocabulary.Read("merges.txt")).Replace("\nt h\n", "\nth\n", StringComparison.Ordinal);
        var error = Assert.Throws<InvalidDataException>(
            () => ClipTable.Build(Encoding.UTF8.GetBytes(merges), Vocabulary.Read("unicode.tsv"), Vocabulary.Read("entities.tsv")));
        Assert.Equal("`th` is not what this file holds", error.Message);
    }

    [Fact]
    public void Every_token_knows_its_bytes()
    {
        Assert.Equal(1, Vocabulary.Table.ByteLength(ClipTokenizer.Comma));
        Assert.Equal("masterpiece".Length, Vocabulary.Table.ByteLength(12066));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vocabulary.Table.ByteLength(ClipTable.TokenCount));
    }
}
