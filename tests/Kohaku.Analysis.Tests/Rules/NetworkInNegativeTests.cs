using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class NetworkInNegativeTests : RuleTests
{
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Fact]
    public void A_network_in_the_negative_prompt_is_text() =>
        Check<NetworkInNegative>("1girl\nNegative prompt: lowres, [|<lora:x:1>|]").HasNoSafeFix();

    [Fact]
    public void In_the_positive_prompt_it_is_right() => Check<NetworkInNegative>("1girl, <lora:x:1>\nNegative prompt: lowres").IsClean();

    [Fact]
    public void ComfyUI_knows_none_anyway() => Check<NetworkInNegative>("a\nNegative prompt: <lora:x:1>", options: Comfy).IsClean();
}
