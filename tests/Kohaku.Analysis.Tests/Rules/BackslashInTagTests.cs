using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class BackslashInTagTests : RuleTests
{
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Fact]
    public void A_backslash_of_a_name_is_doubled() => Check<BackslashInTag>("1girl, [|\\m/|]").FixedTo("1girl, \\\\m/");

    [Fact]
    public void A_backslash_that_hides_a_tag_goes() => Check<BackslashInTag>("[|long\\_hair|]").FixedTo("long_hair");

    [Fact]
    public void Elsewhere_it_is_only_flagged() => Check<BackslashInTag>("[|foo\\bar|]").HasNoSafeFix();

    [Fact]
    public void Escapes_are_right() => Check<BackslashInTag>("\\\\m/, hatsune miku \\(vocaloid\\), \\[a\\], \\|_\\|").IsClean();

    [Fact]
    public void ComfyUI_keeps_it() => Check<BackslashInTag>("\\m/", options: Comfy).IsClean();
}
