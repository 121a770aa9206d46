using System.Text.Json;
using Kohaku.Generation.Schedules;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Schedules;

public sealed class ScheduleTests
{
    private const double Tolerance = 1e-5;

    private static readonly JsonElement A1111 = GoldenFile.Read("schedules-a1111.json");

    private static readonly JsonElement Comfy = GoldenFile.Read("schedules-comfy.json");

    public static TheoryData<string, int> A1111Cases => Cases(A1111.GetProperty("schedules"));

    public static TheoryData<string, int> ComfyCases => Cases(Comfy);

    [Theory]
    [MemberData(nameof(A1111Cases))]
    public void Levels_are_those_of_A1111(string name, int steps)
    {
        var expected = Find(A1111.GetProperty("schedules"), name, steps);
        Near.EachRelative(expected, Schedule.Sigmas(SeedDialect.A1111Nv, SamplerKind.Euler, Kinds.Schedule(name), steps), Tolerance);
    }

    [Theory]
    [MemberData(nameof(ComfyCases))]
    public void Levels_are_those_of_ComfyUI(string name, int steps) =>
        Near.EachRelative(Find(Comfy, name, steps), Schedule.Sigmas(SeedDialect.Comfy, SamplerKind.Euler, Kinds.Schedule(name), steps), Tolerance);

    [Fact]
    public void All_levels_of_the_model_are_those_of_A1111() =>
        Near.EachRelative(Numbers.Of(A1111.GetProperty("sigmas_all")), NoiseTable.A1111.Sigmas.ToArray(), Tolerance);

    [Fact]
    public void A_time_between_two_levels_is_fractional_in_A1111()
    {
        foreach (var pair in A1111.GetProperty("sigma_to_t").EnumerateArray())
            Near.One(pair[1].GetDouble(), NoiseTable.A1111.TimeOf(pair[0].GetSingle()), 1e-4);
    }

    [Fact]
    public void A_level_of_the_table_is_found_again()
    {
        foreach (var table in new[] { NoiseTable.A1111, NoiseTable.Comfy })
        {
            for (var time = 0; time < NoiseTable.Times; time++)
            {
                Near.One(time, table.TimeOf(table.Sigmas[time]), 1e-3);
                Near.One(table.Sigmas[time], table.SigmaAt(time), Tolerance * table.Sigmas[time]);
            }
        }
    }

    [Theory]
    [InlineData(7.3, 874)]
    [InlineData(0.5, 169)]
    [InlineData(20, 999)]
    [InlineData(0.001, 0)]
    public void A_time_is_a_whole_number_in_ComfyUI(double sigma, double expected) => Assert.Equal(expected, NoiseTable.Comfy.TimeOf((float)sigma));

    [Fact]
    public void LCM_knows_every_twentieth_time()
    {
        Assert.Equal(50, NoiseTable.A1111Lcm.Sigmas.Length);
        Assert.Equal(NoiseTable.A1111.Sigmas[19], NoiseTable.A1111Lcm.SigmaMin);
        Assert.Equal(999, NoiseTable.A1111Lcm.TimeOf(14));
        Near.One(NoiseTable.A1111.Sigmas[39], NoiseTable.A1111Lcm.SigmaAt(39), Tolerance);
    }

    [Theory]
    [InlineData(SamplerKind.Euler, ScheduleKind.Uniform)]
    [InlineData(SamplerKind.Lcm, ScheduleKind.Uniform)]
    [InlineData(SamplerKind.Dpm2, ScheduleKind.Karras)]
    [InlineData(SamplerKind.DpmPlusPlus2M, ScheduleKind.Karras)]
    [InlineData(SamplerKind.DpmPlusPlusSde, ScheduleKind.Karras)]
    [InlineData(SamplerKind.DpmPlusPlus2MSde, ScheduleKind.Exponential)]
    [InlineData(SamplerKind.DpmPlusPlus3MSde, ScheduleKind.Exponential)]
    public void Automatic_is_the_samplers_own(SamplerKind sampler, ScheduleKind expected) =>
        Assert.Equal(expected, Schedule.Resolve(ScheduleKind.Automatic, sampler));

    [Theory]
    [InlineData(SamplerKind.Dpm2, SeedDialect.A1111Nv)]
    [InlineData(SamplerKind.Dpm2Ancestral, SeedDialect.Comfy)]
    [InlineData(SamplerKind.DpmPlusPlus3MSde, SeedDialect.A1111Cpu)]
    [InlineData(SamplerKind.UniPC, SeedDialect.Comfy)]
    public void Some_samplers_drop_the_last_level_but_one(SamplerKind sampler, SeedDialect dialect)
    {
        var full = Schedule.Sigmas(dialect, SamplerKind.Euler, ScheduleKind.Karras, 11);
        Assert.Equal([.. full[..^2], 0], Schedule.Sigmas(dialect, sampler, ScheduleKind.Karras, 10));
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Quantiles_are_symmetrical(double probability, double expected) => Assert.Equal(expected, BetaQuantile.Of(probability), 1e-15);

    [Fact]
    public void Diffusers_schedules_are_not_made_here() =>
        Assert.Throws<ArgumentException>(() => Schedule.Sigmas(SeedDialect.Diffusers, SamplerKind.Euler, ScheduleKind.Karras, 10));

    private static TheoryData<string, int> Cases(JsonElement entries)
    {
        var cases = new TheoryData<string, int>();
        foreach (var entry in entries.EnumerateArray()) cases.Add(entry.GetProperty("name").GetString()!, entry.GetProperty("steps").GetInt32());
        return cases;
    }

    private static float[] Find(JsonElement entries, string name, int steps) => Numbers.Of(entries.EnumerateArray()
        .Single(entry => entry.GetProperty("name").GetString() == name && entry.GetProperty("steps").GetInt32() == steps).GetProperty("sigmas"));
}
