using CsCheck;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tests.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Syntax.Tests.Tokens;

public sealed class SideCounterTests
{
    private const int Steps = 28;

    private static readonly SideCounter s_counter = new(Vocabulary.Tokenizer());

    [Theory]
    [InlineData(Dialect.A1111)]
    [InlineData(Dialect.ComfyUI)]
    public void Any_side_counts_as_the_generator_gets_it(Dialect dialect) => AnyText.Any.Sample(text =>
    {
        var counter = new SideCounter(Vocabulary.Tokenizer());
        var tree = SyntaxTree.Parse(text, new ParseOptions(TextForm.Library, dialect));
        for (var side = 0; side < tree.Sides.Length; side++)
        {
            var isNegative = tree.Sides[side].IsNegative;
            var meaning = PromptMeaning.Of(SideText.Of(tree, side), dialect, Steps, isNegative);
            var expected = meaning.Parts.Select(part => Chunks.Of(part.Schedule[^1].Runs, dialect, Vocabulary.Tokenizer())).Select(chunked => (chunked.Count, chunked.Chunks.Count));
            var counted = counter.Count(tree, side, Steps);
            Assert.Equal(expected, counted.Parts.Select(part => (part.Count, part.Chunks.Count)));
            foreach (var part in counted.Parts)
            {
                Assert.All(part.Offsets, offset => Assert.InRange(offset, tree.Sides[side].Span.Start, tree.Sides[side].Span.End));
                Assert.All(part.Chunks, chunk => Assert.InRange(chunk.End, tree.Sides[side].Span.Start, tree.Sides[side].Span.End));
            }
        }
    }, iter: 3000);

    [Fact]
    public void Places_are_those_of_the_text_as_it_is_written()
    {
        const string text = "# a note\n1girl, <lora:x:1>(smile:1.2), # who\n[a:long hair:0.5]";
        var tree = SyntaxTree.Parse(text);
        var counted = s_counter.Count(tree, 0, Steps);

        Assert.Equal(7, counted.Longest.Count);
        Assert.True(counted.TryFind(Of(text, "smile"), out var smile));
        Assert.Equal((0, 3, 1), (smile.Chunk, smile.First, smile.Count));
        Assert.True(counted.TryFind(Of(text, "long hair"), out var hair));
        Assert.Equal((0, 5, 2), (hair.Chunk, hair.First, hair.Count));
        Assert.False(counted.TryFind(new TextSpan(text.IndexOf("[a", StringComparison.Ordinal) + 1, 1), out _));
    }

    [Fact]
    public void A_chunk_ends_behind_its_last_character()
    {
        const string text = "1girl BREAK\n  smile";
        var part = s_counter.Count(SyntaxTree.Parse(text), 0, Steps).Longest;

        Assert.Equal([new ChunkPlace(0, 2, "1girl BREAK".Length, IsBreak: true), new ChunkPlace(2, 1, text.Length, IsBreak: false)], part.Chunks);
        Assert.Equal((76, 150), (part.Count, part.Capacity));
    }

    [Fact]
    public void Of_AND_the_longest_part_counts()
    {
        var counted = s_counter.Count(SyntaxTree.Parse("smile AND long hair, solo:0.5"), 0, Steps);

        Assert.Equal([1, 4], counted.Parts.Select(part => part.Count));
        Assert.Equal(4, counted.Longest.Count);
    }

    [Fact]
    public void A_negative_prompt_keeps_its_networks_as_text()
    {
        var tree = SyntaxTree.Parse("1girl\nNegative prompt: <lora:x:1>");

        Assert.Equal(8, s_counter.Count(tree, tree.Prompts[0].Negative, Steps).Longest.Count);
    }

    [Fact]
    public void A_side_without_text_has_one_empty_chunk()
    {
        var part = s_counter.Count(SyntaxTree.Parse(""), 0, Steps).Longest;

        Assert.Equal((0, 75, 0), (part.Count, part.Capacity, part.End));
        Assert.Equal([new ChunkPlace(0, 0, 0, IsBreak: false)], part.Chunks);
    }

    [Theory]
    [MemberData(nameof(AnyText.Huge), MemberType = typeof(AnyText))]
    public void A_huge_text_is_counted(string piece, int count)
    {
        var tree = SyntaxTree.Parse(AnyText.Repeat(piece, count / 10));

        Assert.All(Enumerable.Range(0, tree.Sides.Length), side => Assert.NotEmpty(s_counter.Count(tree, side, Steps).Parts));
    }

    private static TextSpan Of(string text, string part) => new(text.IndexOf(part, StringComparison.Ordinal), part.Length);
}
