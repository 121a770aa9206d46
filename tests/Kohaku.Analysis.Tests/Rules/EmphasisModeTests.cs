using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class EmphasisModeTests : RuleTests
{
    [Fact]
    public void A_mode_that_the_model_does_not_bear_is_flagged() =>
        Check<EmphasisMode>("(1girl:1.2)\nSteps: 20, Emphasis: [|Original|]").Is(Severity.Hint);

    [Fact]
    public void A_version_without_a_mode_means_Original() => Check<EmphasisMode>("(1girl:1.2)\nSteps: 20, [|Version: v1.10.1|]");

    [Fact]
    public void Weights_of_the_negative_prompt_count() =>
        Check<EmphasisMode>("1girl\nNegative prompt: (lowres:1.2)\nSteps: 20, Emphasis: [|Original|]");

    [Fact]
    public void Without_weights_the_mode_does_not_matter() => Check<EmphasisMode>("1girl\nSteps: 20, Emphasis: Original").IsClean();

    [Fact]
    public void Without_a_version_the_profile_holds() => Check<EmphasisMode>("(1girl:1.2)\nSteps: 20, Seed: 1").IsClean();

    [Fact]
    public void The_right_mode_is_right() => Check<EmphasisMode>("(1girl:1.2)\nSteps: 20, Emphasis: No norm, Version: v1.10.1").IsClean();
}
