using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class FaceBreaksEmphasisTests : RuleTests
{
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Fact]
    public void A_face_that_opens_a_bracket_is_escaped() => Check<FaceBreaksEmphasis>("a, [|>:(|], b").FixedTo("a, >:\\(, b");

    [Fact]
    public void A_face_that_closes_a_bracket_is_escaped() => Check<FaceBreaksEmphasis>("(smile, [|;)|]:1.2), c").FixedTo("(smile, ;\\):1.2), c");

    [Fact]
    public void Outside_of_brackets_a_closing_face_is_text() => Check<FaceBreaksEmphasis>("smile, ;), >:)").IsClean();

    [Fact]
    public void In_ComfyUI_it_switches_off_later_weights() =>
        Check<FaceBreaksEmphasis>("[|;)|], (smile:1.2)", options: Comfy).FixedTo(";\\), (smile:1.2)");

    [Fact]
    public void A_face_that_ends_in_a_number_is_read_as_a_weight() => Check<FaceBreaksEmphasis>("(smile, [|:3|])").FixedTo("(smile, :3:1.1)");

    [Fact]
    public void So_is_a_name() => Check<FaceBreaksEmphasis>("([|reverse:1999|])").FixedTo("(reverse:1999:1.1)");

    [Fact]
    public void A_weight_behind_it_is_right() => Check<FaceBreaksEmphasis>("(:3:1.2), (reverse:1999:1.2), (smile:1.2)").IsClean();

    [Fact]
    public void An_escaped_face_is_right() => Check<FaceBreaksEmphasis>("(>:\\(, ;\\):1.2)").IsClean();

    [Fact]
    public void A_square_bracket_is_text_in_ComfyUI() => Check<FaceBreaksEmphasis>("] \\(vocaloid\\), (smile:1.2)", options: Comfy).IsClean();
}
