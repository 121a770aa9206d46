using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class SizeOutOfRangeTests : RuleTests
{
    [Fact]
    public void A_side_that_is_too_large_is_an_error() => Check<SizeOutOfRange>("a\nSteps: 20, Size: [|4104|]x1024").Is(Severity.Error);

    [Fact]
    public void A_side_that_is_too_small_is_an_error() => Check<SizeOutOfRange>("a\nSteps: 20, Size: 1024x[|56|]").Is(Severity.Error);

    [Fact]
    public void A_side_that_does_not_divide_by_8_is_an_error() => Check<SizeOutOfRange>("a\nSteps: 20, Size: [|1023|]x1024").Is(Severity.Error);

    [Fact]
    public void A_side_that_was_not_trained_is_a_warning() => Check<SizeOutOfRange>("a\nSteps: 20, Size: [|128|]x1024").Is(Severity.Warning);

    [Fact]
    public void The_limits_themselves_are_right() => Check<SizeOutOfRange>("a\nSteps: 20, Size: 4096x256").IsClean();
}
