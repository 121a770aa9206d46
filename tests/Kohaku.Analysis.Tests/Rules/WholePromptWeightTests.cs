using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class WholePromptWeightTests : RuleTests
{
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Fact]
    public void A_face_at_the_end_gets_a_comma() => Check<WholePromptWeight>("1girl, [|:3|]").FixedTo("1girl, :3,");

    [Fact]
    public void So_does_a_name_that_ends_in_a_number() => Check<WholePromptWeight>("1girl, reverse[|:1999|]").FixedTo("1girl, reverse:1999,");

    [Fact]
    public void The_comma_prevents_it() => Check<WholePromptWeight>("1girl, :3,").IsClean();

    [Fact]
    public void A_weight_of_the_last_tag_gets_brackets_if_asked() =>
        Check<WholePromptWeight>("1girl, smile[|:1.2|]").HasNoSafeFix().UnsafelyFixedTo("1girl, (smile:1.2)");

    [Fact]
    public void Weights_of_AND_parts_are_meant() => Check<WholePromptWeight>("a :1.2 AND b:0.5").IsClean();

    [Fact]
    public void A_face_at_the_end_of_an_AND_part_is_not_meant() =>
        Check<WholePromptWeight>("smile AND 1girl, [|:3|]").FixedTo("smile AND 1girl, :3,");

    [Fact]
    public void An_open_bracket_does_not_hide_it() => Check<WholePromptWeight>("(a[|:1.2|]");

    [Fact]
    public void A_network_behind_it_does_not_hide_it() => Check<WholePromptWeight>("1girl, [|:3|] <lora:x:1>").FixedTo("1girl, :3, <lora:x:1>");

    [Fact]
    public void A_comment_behind_it_does_not_hide_it() => Check<WholePromptWeight>("1girl, [|:3|] # a face").FixedTo("1girl, :3, # a face");

    [Fact]
    public void Negative_prompts_have_no_parts() => Check<WholePromptWeight>("1girl\nNegative prompt: lowres, :3").IsClean();

    [Fact]
    public void ComfyUI_has_no_parts() => Check<WholePromptWeight>("1girl, :3", options: Comfy).IsClean();
}
