using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Jobs;

public sealed class KnownNamesTests
{
    public static TheoryData<SamplerKind> Samplers => [.. Enum.GetValues<SamplerKind>()];

    public static TheoryData<ScheduleKind> Schedules => [.. Enum.GetValues<ScheduleKind>()];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_samplers_name_is_read_as_it_is_printed(SamplerKind sampler)
    {
        Assert.True(KnownNames.TrySampler(JobNames.Of(sampler), out var read, out var joined));
        Assert.Equal((sampler, null), (read, joined));
        Assert.True(KnownNames.TrySampler($" {JobNames.Of(sampler).ToUpperInvariant()} ", out read, out _));
        Assert.Equal(sampler, read);
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedules_name_is_read_as_it_is_printed(ScheduleKind schedule)
    {
        Assert.True(KnownNames.TrySchedule(JobNames.Of(schedule), out var read));
        Assert.Equal(schedule, read);
        Assert.True(KnownNames.TrySchedule(JobNames.Of(schedule).ToLowerInvariant(), out read));
        Assert.Equal(schedule, read);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_schedule_may_follow_every_sampler(SamplerKind sampler)
    {
        foreach (var schedule in Enum.GetValues<ScheduleKind>())
        {
            Assert.True(KnownNames.TrySampler($"{JobNames.Of(sampler)} {JobNames.Of(schedule)}", out var read, out var joined));
            Assert.Equal((sampler, schedule), (read, joined));
        }
    }

    [Theory]
    [InlineData("euler_ancestral", SamplerKind.EulerAncestral)]
    [InlineData("dpm_2", SamplerKind.Dpm2)]
    [InlineData("dpm_2_ancestral", SamplerKind.Dpm2Ancestral)]
    [InlineData("dpmpp_2s_ancestral", SamplerKind.DpmPlusPlus2SAncestral)]
    [InlineData("dpmpp_2m", SamplerKind.DpmPlusPlus2M)]
    [InlineData("dpmpp_2m_sde", SamplerKind.DpmPlusPlus2MSde)]
    [InlineData("dpmpp_2m_sde_heun_gpu", SamplerKind.DpmPlusPlus2MSdeHeun)]
    [InlineData("dpmpp_3m_sde_gpu", SamplerKind.DpmPlusPlus3MSde)]
    [InlineData("uni_pc", SamplerKind.UniPC)]
    [InlineData("EulerDiscreteScheduler", SamplerKind.Euler)]
    [InlineData("EulerAncestralDiscrete", SamplerKind.EulerAncestral)]
    [InlineData("KDPM2AncestralDiscreteScheduler", SamplerKind.Dpm2Ancestral)]
    [InlineData("DPMSolverMultistepScheduler", SamplerKind.DpmPlusPlus2M)]
    [InlineData("DPMSolverSDEScheduler", SamplerKind.DpmPlusPlusSde)]
    [InlineData("UniPCMultistep", SamplerKind.UniPC)]
    [InlineData("LCMScheduler", SamplerKind.Lcm)]
    [InlineData("k_euler_a", SamplerKind.EulerAncestral)]
    [InlineData("k_euler_ancestral", SamplerKind.EulerAncestral)]
    [InlineData("DPM++ 2M  SDE", SamplerKind.DpmPlusPlus2MSde)]
    public void Other_programs_names_are_known(string name, SamplerKind expected)
    {
        Assert.True(KnownNames.TrySampler(name, out var sampler, out var joined));
        Assert.Equal((expected, null), (sampler, joined));
    }

    [Theory]
    [InlineData("DPM++ 2M Karras", SamplerKind.DpmPlusPlus2M, ScheduleKind.Karras)]
    [InlineData("DPM++ SDE Karras", SamplerKind.DpmPlusPlusSde, ScheduleKind.Karras)]
    [InlineData("DPM++ 2S a Karras", SamplerKind.DpmPlusPlus2SAncestral, ScheduleKind.Karras)]
    [InlineData("dpm++ 2m sde heun exponential", SamplerKind.DpmPlusPlus2MSdeHeun, ScheduleKind.Exponential)]
    [InlineData("Euler a SGM Uniform", SamplerKind.EulerAncestral, ScheduleKind.SgmUniform)]
    [InlineData("dpmpp_2m karras", SamplerKind.DpmPlusPlus2M, ScheduleKind.Karras)]
    [InlineData("k_dpmpp_2m_ka", SamplerKind.DpmPlusPlus2M, ScheduleKind.Karras)]
    [InlineData("k_dpmpp_2m_sde_exp", SamplerKind.DpmPlusPlus2MSde, ScheduleKind.Exponential)]
    public void An_old_name_carries_its_schedule(string name, SamplerKind expected, ScheduleKind schedule)
    {
        Assert.True(KnownNames.TrySampler(name, out var sampler, out var joined));
        Assert.Equal((expected, schedule), (sampler, joined));
    }

    [Theory]
    [InlineData("sgm_uniform", ScheduleKind.SgmUniform)]
    [InlineData("SGMUniform", ScheduleKind.SgmUniform)]
    [InlineData("kl_optimal", ScheduleKind.KlOptimal)]
    [InlineData("ddim_uniform", ScheduleKind.Ddim)]
    [InlineData("align_your_steps", ScheduleKind.AlignYourSteps)]
    public void Other_programs_schedules_are_known(string name, ScheduleKind expected)
    {
        Assert.True(KnownNames.TrySchedule(name, out var schedule));
        Assert.Equal(expected, schedule);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Restart")]
    [InlineData("DPM++ 2M alt Karras")]
    [InlineData("Karras")]
    [InlineData("k_")]
    [InlineData("DDPMScheduler")]
    public void What_no_sampler_is_called_is_not_taken_for_one(string name) => Assert.False(KnownNames.TrySampler(name, out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("Turbo")]
    [InlineData("Euler")]
    public void What_no_schedule_is_called_is_not_taken_for_one(string name) => Assert.False(KnownNames.TrySchedule(name, out _));
}
