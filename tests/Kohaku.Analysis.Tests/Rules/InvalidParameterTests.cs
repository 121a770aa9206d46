using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class InvalidParameterTests : RuleTests
{
    [Fact]
    public void There_are_at_least_one_step() => Check<InvalidParameter>("a\nSteps: [|0|], Seed: 1");

    [Fact]
    public void A_sampler_must_exist() =>
        Check<InvalidParameter>("a\nSteps: 20, Sampler: [|Eular a|]").HasNoSafeFix().UnsafelyFixedTo("a\nSteps: 20, Sampler: Euler a");

    [Fact]
    public void Samplers_with_their_schedule_exist() => Check<InvalidParameter>("a\nSteps: 20, Sampler: DPM++ 2M Karras").IsClean();

    [Fact]
    public void Samplers_of_other_programs_exist() => Check<InvalidParameter>("a\nSteps: 20, Sampler: dpmpp_2m_sde_gpu").IsClean();

    [Fact]
    public void A_schedule_must_exist() =>
        Check<InvalidParameter>("a\nSteps: 20, Schedule type: [|Karas|]").UnsafelyFixedTo("a\nSteps: 20, Schedule type: Karras");

    [Fact]
    public void A_seed_has_64_bits() => Check<InvalidParameter>("a\nSteps: 20, Seed: [|18446744073709551616|]");

    [Fact]
    public void The_largest_seed_and_a_random_one_are_right() =>
        Check<InvalidParameter>("a\nSteps: 20, Seed: 18446744073709551615, Variation seed: -1").IsClean();

    [Fact]
    public void A_guidance_scale_is_a_number() => Check<InvalidParameter>("a\nSteps: 20, CFG scale: [|high|]");

    [Fact]
    public void A_size_is_two_numbers() => Check<InvalidParameter>("a\nSteps: 20, Size: [|large|]");

    [Fact]
    public void A_value_may_be_missing() => Check<InvalidParameter>("a\nSteps: 20, [|Seed|]: , CFG scale: 7");
}
