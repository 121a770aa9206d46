using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class DialectConstructTests : RuleTests
{
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Fact]
    public void A1111_finds_embeddings_by_name() => Check<DialectConstruct>("1girl, [|embedding:bad|]").HasNoSafeFix().UnsafelyFixedTo("1girl, bad");

    [Fact]
    public void ComfyUI_knows_embeddings() => Check<DialectConstruct>("embedding:bad, (smile:1.2)", options: Comfy).IsClean();

    [Fact]
    public void ComfyUI_knows_no_square_brackets() => Check<DialectConstruct>("[|[smile]|], [|[a:b:0.5]|], solo", options: Comfy);

    [Fact]
    public void ComfyUI_knows_no_BREAK_and_no_AND() => Check<DialectConstruct>("smile [|BREAK|] solo [|AND|] a", options: Comfy);

    [Fact]
    public void ComfyUI_knows_no_networks() => Check<DialectConstruct>("[|<lora:x:1>|], solo", options: Comfy);

    [Fact]
    public void A1111_knows_them_all() => Check<DialectConstruct>("[smile] BREAK <lora:x:1> AND [a|b]").IsClean();
}
