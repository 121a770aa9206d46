using System.Text.Json;
using Kohaku.Generation.Sampling;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Sampling;

/// <summary>Every run of the golden files, image by image, once over the file's noise levels and once over our own.</summary>
public sealed class GoldenSamplerTests
{
    private static readonly JsonElement[] A1111 = [.. GoldenFile.Read("samplers-a1111.json").EnumerateArray()];

    private static readonly JsonElement[] Comfy = [.. GoldenFile.Read("samplers-comfy.json").EnumerateArray()];

    public static TheoryData<int, string> A1111Cases => Cases(A1111);

    public static TheoryData<int, string> ComfyCases => Cases(Comfy);

    [Theory]
    [MemberData(nameof(A1111Cases))]
    public void A_run_is_A1111s(int index, string name)
    {
        var entry = A1111[index];
        var settings = new SamplingSettings
        {
            Dialect = entry.GetProperty("rng").GetString() == "nv" ? SeedDialect.A1111Nv : SeedDialect.A1111Cpu,
            Sampler = Kinds.Sampler(entry.GetProperty("sampler").GetString()!),
            Schedule = Kinds.Schedule(entry.GetProperty("schedule").GetString()),
            Steps = entry.GetProperty("steps").GetInt32(),
            EtaNoiseSeedDelta = entry.GetProperty("ensd").GetInt64(),
        };
        Assert.NotEmpty(name);
        var starts = entry.TryGetProperty("start", out var start);
        var plan = starts ? SamplingPlan.SecondPass(settings with { Steps = settings.Steps - start.GetInt32() }, (settings.Steps - start.GetInt32()) / (settings.Steps + 0.5)) : SamplingPlan.FromNoise(settings);
        if (starts) Assert.Equal(start.GetInt32(), plan.Start);
        if (entry.TryGetProperty("timesteps", out var times)) Assert.Equal(times.EnumerateArray().Select(time => time.GetInt32()), plan.Times);
        else Follow(entry, SamplingPlan.Over(settings, [.. plan.Sigmas.Take(plan.Start), .. Numbers.Of(entry.GetProperty("sigmas"))], plan.Start, !starts), 1e-3);
        Follow(entry, plan, SamplerTraits.UsesBrownianTree(settings.Sampler) ? 2e-2 : 1e-3);
    }

    [Theory]
    [MemberData(nameof(ComfyCases))]
    public void A_run_is_ComfyUIs(int index, string name)
    {
        var entry = Comfy[index];
        var settings = new SamplingSettings
        {
            Dialect = SeedDialect.Comfy,
            Sampler = Kinds.Sampler(entry.GetProperty("sampler").GetString()!),
            Schedule = Kinds.Schedule(entry.GetProperty("schedule").GetString()),
            Steps = entry.GetProperty("steps").GetInt32(),
        };
        Assert.NotEmpty(name);
        var plan = entry.GetProperty("init").ValueKind == JsonValueKind.Null
            ? SamplingPlan.FromNoise(settings)
            : SamplingPlan.FromImage(settings, entry.GetProperty("denoise").GetDouble());
        Follow(entry, SamplingPlan.Over(settings, Numbers.Of(entry.GetProperty("sigmas")), 0, entry.GetProperty("init").ValueKind == JsonValueKind.Null), 1e-3);
        Follow(entry, plan, SamplerTraits.UsesBrownianTree(settings.Sampler) ? 2e-2 : 1e-3);
    }

    private static void Follow(JsonElement entry, SamplingPlan plan, double tolerance)
    {
        var states = entry.GetProperty("xs").EnumerateArray().Select(Numbers.Of).ToArray();
        var final = Numbers.Of(entry.GetProperty("final"));
        var batch = entry.GetProperty("shape")[0].GetInt32();
        var count = final.Length / batch;
        for (var image = 0; image < batch; image++)
        {
            var part = (image * count)..((image + 1) * count);
            var latent = entry.TryGetProperty("init", out var init) && init.ValueKind != JsonValueKind.Null ? Numbers.Of(init)[part] : new float[count];
            var model = new ToyModel();
            var seen = 0;
            plan.Run(model, latent, entry.GetProperty("seed").GetUInt64() + (ulong)image, (step, x, denoised) =>
            {
                Assert.Equal(seen++, step);
                Assert.Equal(count, denoised.Length);
                Near.EachOfLargest(states[step][part], x.ToArray(), tolerance);
            });
            Assert.Equal(states.Length, seen);
            Assert.Equal(plan.StepCount, seen);
            Assert.Equal(plan.ModelCalls, model.Calls);
            Near.EachOfLargest(final[part], latent, tolerance);
        }
    }

    private static TheoryData<int, string> Cases(JsonElement[] entries)
    {
        var cases = new TheoryData<int, string>();
        for (var i = 0; i < entries.Length; i++)
            cases.Add(i, $"{entries[i].GetProperty("sampler").GetString()} {entries[i].GetProperty("schedule").GetString()} {entries[i].GetProperty("steps").GetInt32()}");
        return cases;
    }
}
