using System.Text.Json;
using Kohaku.Generation.Diffusers;

namespace Kohaku.Generation.Tests.Diffusers;

public sealed class SchedulerTableTests
{
    [Theory]
    [MemberData(nameof(GoldenScheduler.Names), MemberType = typeof(GoldenScheduler))]
    public void Timesteps_and_noise_levels_are_those_of_diffusers(string name)
    {
        var golden = GoldenScheduler.Of(name);
        var scheduler = DiffusersSchedulers.Create(golden.Config(), golden.Steps);

        AssertClose(golden.Case.GetProperty("timesteps"), scheduler.Timesteps, 1e-4 / 1000);
        AssertClose(golden.Case.GetProperty("sigmas"), scheduler.Sigmas, 1e-6);
        Assert.Equal(golden.Case.GetProperty("init_noise_sigma").GetDouble(), scheduler.InitNoiseSigma, 1e-5);
    }

    private static void AssertClose(JsonElement expected, IReadOnlyList<float> actual, double tolerance)
    {
        double[] numbers = expected.ValueKind == JsonValueKind.Null ? [] : [.. expected.EnumerateArray().Select(number => number.GetDouble())];
        Assert.Equal(numbers.Length, actual.Count);
        for (var i = 0; i < numbers.Length; i++)
            Assert.True(Math.Abs(numbers[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(numbers[i])), $"number {i} is {actual[i]:R}, not {numbers[i]:R}");
    }
}
