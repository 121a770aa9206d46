using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class NestedEmphasisTests : RuleTests
{
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Fact]
    public void Brackets_multiply() =>
        Check<NestedEmphasis>("1girl, (([|smile|]:1.8):1.8)").Says("the brackets around `smile` multiply to 3.24, above 2.5");

    [Fact]
    public void Bare_brackets_multiply_too() => Check<NestedEmphasis>("(((((((((([|smile|]))))))))))");

    [Fact]
    public void Nine_are_not_too_many() => Check<NestedEmphasis>("(((((((((smile)))))))))").IsClean();

    [Fact]
    public void One_bracket_that_says_too_much_has_another_finding() => Check<NestedEmphasis>("((smile:3):1.1)").IsClean();

    [Fact]
    public void A_group_is_flagged_once() => Check<NestedEmphasis>("(([|smile|], solo:1.8):1.8)");

    [Fact]
    public void ComfyUI_sets_weights_instead() => Check<NestedEmphasis>("((smile:1.8):1.8)", options: Comfy).IsClean();
}
