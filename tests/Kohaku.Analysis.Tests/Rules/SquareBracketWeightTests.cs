using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class SquareBracketWeightTests : RuleTests
{
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Fact]
    public void A_weight_in_square_brackets_never_appears() =>
        Check<SquareBracketWeight>("1girl, [|[smile:1.2]|]").HasNoSafeFix().UnsafelyFixedTo("1girl, (smile:1.2)");

    [Fact]
    public void One_with_a_point_never_appears_either() => Check<SquareBracketWeight>("[|[smile:1.0]|]");

    [Fact]
    public void A_step_of_zero_is_no_editing() => Check<SquareBracketWeight>("[|[smile:0]|]").HasNoSafeFix();

    [Fact]
    public void Editing_at_a_step_or_a_share_is_meant() => Check<SquareBracketWeight>("[smile:3], [smile:0.5], [smile:.5]").IsClean();

    [Fact]
    public void Editing_from_one_text_to_another_is_meant() => Check<SquareBracketWeight>("[a:b:1.2], [a::0.5]").IsClean();

    [Fact]
    public void ComfyUI_has_no_editing() => Check<SquareBracketWeight>("[a:1.2]", options: Comfy).IsClean();
}
