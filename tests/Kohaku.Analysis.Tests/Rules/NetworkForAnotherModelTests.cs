using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class NetworkForAnotherModelTests : RuleTests
{
    [Fact]
    public void A_network_of_another_family_is_flagged() =>
        Check<NetworkForAnotherModel>("<lora:[|old style|]:0.8>").Says("`old style` was trained for sd_v1, not for SDXL");

    [Fact]
    public void A_network_of_the_family_is_right() => Check<NetworkForAnotherModel>("<lora:style:0.8>").IsClean();

    [Fact]
    public void A_network_that_is_missing_has_another_finding() => Check<NetworkForAnotherModel>("<lora:nothing:0.8>").IsClean();
}
