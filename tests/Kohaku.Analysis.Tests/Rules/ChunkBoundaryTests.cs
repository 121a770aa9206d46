using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class ChunkBoundaryTests : RuleTests
{
    private static readonly string Words = string.Concat(Enumerable.Repeat("word ", 74));

    [Fact]
    public void A_name_that_the_border_divides_is_flagged() =>
        Check<ChunkBoundary>(Words + "[|looking at viewer|], solo").Is(Severity.Hint).Says("a chunk ends inside `looking at viewer`, after 75 tokens");

    [Fact]
    public void A_word_that_the_border_divides_is_flagged() => Check<ChunkBoundary>(Words + "[|frobnicatedness|] word");

    [Fact]
    public void Without_a_comma_a_short_tag_is_divided_too() => Check<ChunkBoundary>(Words + "\n[|kusanagi no tsurugi|], solo");

    [Fact]
    public void A_comma_nearby_keeps_the_name_whole() =>
        Check<ChunkBoundary>(string.Concat(Enumerable.Repeat("word ", 72)) + ", long hair, smile").IsClean();

    [Fact]
    public void What_fits_one_chunk_is_right() => Check<ChunkBoundary>("1girl, solo, long hair, looking at viewer, smile, blush, upper body, red dress, white hair, blue eyes").IsClean();

    [Fact]
    public void A_sentence_is_divided_somewhere() => Check<ChunkBoundary>(Words + Words + Words).IsClean();

    [Fact]
    public void BREAK_asks_for_its_border() => Check<ChunkBoundary>("1girl BREAK solo").IsClean();

    [Fact]
    public void Networks_and_comments_are_no_tokens() =>
        Check<ChunkBoundary>("1girl, <lora:" + new string('x', 400) + ":1> # " + Words + Words).IsClean();
}
