using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class HashInTagTests : RuleTests
{
    [Fact]
    public void A_tag_that_begins_with_it_is_lost() => Check<HashInTag>("1girl, [|#compass, smile|]\nsolo");

    [Fact]
    public void So_is_one_whose_series_is_left_out() => Check<HashInTag>("a [|#unicus, b|]\nc");

    [Fact]
    public void A_word_that_holds_it_is_cut() => Check<HashInTag>("mion \\(htol[|#niq\\), smile|]");

    [Fact]
    public void A_colour_is_lost() => Check<HashInTag>("hair [|#ff00ff, smile|]");

    [Fact]
    public void A_comment_is_a_comment() => Check<HashInTag>("# a comment\n1girl, smile # another\nsolo #todo").IsClean();

    [Fact]
    public void It_says_what_is_lost() => Check<HashInTag>("1girl, [|#compass|]").Says("`#compass` is lost: `#` begins a comment");
}
