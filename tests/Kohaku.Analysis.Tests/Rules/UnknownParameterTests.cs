using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnknownParameterTests : RuleTests
{
    [Fact]
    public void A_key_that_nobody_knows_is_flagged() =>
        Check<UnknownParameter>("a\nSteps: 20, [|Sampelr|]: Euler a").HasNoSafeFix().UnsafelyFixedTo("a\nSteps: 20, Sampler: Euler a");

    [Fact]
    public void A_line_without_any_known_key_is_prompt() => Check<UnknownParameter>("a\n[|Stpes: 20, Samlper: Euler|]").HasNoSafeFix();

    [Fact]
    public void Keys_of_extensions_stand_in_lines_that_programs_wrote() =>
        Check<UnknownParameter>("a\nSteps: 20, Foo bar: 1, Version: v1.10.1").IsClean();

    [Fact]
    public void Known_keys_are_right() => Check<UnknownParameter>("a\nSteps: 20, Sampler: Euler a, ADetailer model: x").IsClean();
}
