using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnescapedBracketTests : RuleTests
{
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Fact]
    public void The_brackets_of_a_name_are_escaped() =>
        Check<UnescapedBracket>("1girl, [|hatsune miku (vocaloid)|]").FixedTo("1girl, hatsune miku \\(vocaloid\\)");

    [Fact]
    public void A_number_in_the_brackets_is_no_weight() =>
        Check<UnescapedBracket>("[|sonetto (reverse:1999)|], solo").FixedTo("sonetto \\(reverse:1999\\), solo");

    [Fact]
    public void Brackets_around_the_name_stay() =>
        Check<UnescapedBracket>("([|jeanne d'arc alter (avenger) (fate)|]:1.2)").FixedTo("(jeanne d'arc alter \\(avenger\\) \\(fate\\):1.2)");

    [Fact]
    public void Square_brackets_of_a_name_are_escaped_too() => Check<UnescapedBracket>("[|00 qan[t]|], solo").FixedTo("00 qan\\[t\\], solo");

    [Fact]
    public void A_face_with_both_brackets_is_escaped() => Check<UnescapedBracket>("[|:[]|], solo").FixedTo(":\\[\\], solo");

    [Fact]
    public void A_backslash_of_the_name_is_doubled_with_it() => Check<UnescapedBracket>("[|\\(^o^)/|], solo").FixedTo("\\\\\\(^o^\\)/, solo");

    [Fact]
    public void A_series_in_brackets_belongs_to_the_name() => Check<UnescapedBracket>("[|miku (vocaloid)|]").FixedTo("miku \\(vocaloid\\)");

    [Fact]
    public void An_everyday_tag_has_no_series() => Check<UnescapedBracket>("smile (vocaloid)").IsClean();

    [Fact]
    public void Half_an_escape_is_completed() =>
        Check<UnescapedBracket>("[|hatsune miku \\(vocaloid)|], solo").FixedTo("hatsune miku \\(vocaloid\\), solo");

    [Fact]
    public void Escaped_brackets_are_right() => Check<UnescapedBracket>("hatsune miku \\(vocaloid\\), (smile)").IsClean();

    [Fact]
    public void Emphasis_of_a_word_that_makes_no_name_is_emphasis() => Check<UnescapedBracket>("an (important) word").IsClean();

    [Fact]
    public void ComfyUI_needs_no_escape_for_square_brackets() => Check<UnescapedBracket>("00 qan[t], solo", options: Comfy).IsClean();
}
