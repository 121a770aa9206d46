using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class DynamicPromptErrorTests : RuleTests
{
    private static readonly ParseOptions Dynamic = new(DynamicPrompts: true);

    [Theory]
    [InlineData("{cat")]
    [InlineData("<lora:a__b:1>")]
    [InlineData("a $b")]
    [InlineData("100%")]
    [InlineData("__a")]
    public void What_the_library_fails_on_is_flagged(string text)
    {
        var linter = new Linting.Linter(Shipped.Delta, Shipped.Services, [RuleRegistry.Find("KHK214")!]);

        Assert.NotEmpty(linter.Diagnose(text, Dynamic));
        Assert.Empty(linter.Diagnose(text));
    }

    [Fact]
    public void What_it_reads_is_right() =>
        Check<DynamicPromptError>("{a|b}, {2$$ and $$a|b}, {0.5::a|b}, __dir/*__, ${x=v} ${x}, {|red} hair, [a|b], [a:b:.25]", options: Dynamic).IsClean();

    [Fact]
    public void The_brace_that_is_never_closed_is_named() => Check<DynamicPromptError>("1girl, [|{|]red|blue hair", options: Dynamic);

    [Fact]
    public void Comments_are_no_prompt() => Check<DynamicPromptError>("smile # 100%", options: Dynamic).IsClean();
}
