using Kohaku.Generation.Sampling;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Sampling;

public sealed class SamplingPlanTests
{
    private const int Count = 72;

    public static TheoryData<SamplerKind, SeedDialect> Runs
    {
        get
        {
            var runs = new TheoryData<SamplerKind, SeedDialect>();
            foreach (var sampler in Enum.GetValues<SamplerKind>())
            {
                foreach (var dialect in new[] { SeedDialect.A1111Nv, SeedDialect.A1111Cpu, SeedDialect.Comfy }) runs.Add(sampler, dialect);
            }

            return runs;
        }
    }

    [Fact]
    public void Levels_of_whole_images_are_A1111s()
    {
        foreach (var entry in GoldenFile.Read("images.json").EnumerateArray())
        {
            var settings = Of(Kinds.Sampler(entry.GetProperty("sampler").GetString()!), entry.GetProperty("steps").GetInt32()) with
            {
                Schedule = Kinds.Schedule(entry.GetProperty("schedule").GetString()),
            };
            var plan = entry.TryGetProperty("denoise", out var denoise) ? SamplingPlan.FromImage(settings, denoise.GetDouble()) : SamplingPlan.FromNoise(settings);
            if (entry.TryGetProperty("sigmas", out var sigmas)) Near.EachRelative(Numbers.Of(sigmas), [.. plan.Sigmas.Skip(plan.Start)], 1e-5);
            if (!entry.TryGetProperty("hires", out var hires)) continue;

            var second = SamplingPlan.SecondPass(settings with { Steps = hires.GetProperty("steps").GetInt32() }, hires.GetProperty("denoise").GetDouble());
            Near.EachRelative(Numbers.Of(entry.GetProperty("hires_sigmas")), [.. second.Sigmas.Skip(second.Start)], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_plan_knows_its_calls_and_steps(SamplerKind sampler, SeedDialect dialect)
    {
        var settings = Of(sampler, 7) with { Dialect = dialect };
        foreach (var plan in new[] { SamplingPlan.FromNoise(settings), SamplingPlan.FromImage(settings, 0.6), SamplingPlan.SecondPass(settings, 0.5), SamplingPlan.FromNoise(settings with { Steps = 1 }) })
        {
            var model = new ToyModel();
            var steps = 0;
            var latent = new float[Count];
            plan.Run(model, latent, 5, (_, _, _) => steps++);
            Assert.Equal((plan.ModelCalls, plan.StepCount), (model.Calls, steps));
            Assert.All(latent, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_plan_runs_again_as_before(SamplerKind sampler, SeedDialect dialect)
    {
        var plan = SamplingPlan.FromNoise(Of(sampler, 4) with { Dialect = dialect });
        Assert.Equal(Run(plan, 8), Run(plan, 8));
        Assert.NotEqual(Run(plan, 8), Run(plan, 9));
    }

    [Theory]
    [InlineData(SamplerKind.Heun, 40)]
    [InlineData(SamplerKind.Dpm2, 40)]
    [InlineData(SamplerKind.DpmPlusPlusSde, 40)]
    [InlineData(SamplerKind.EulerAncestral, 20)]
    [InlineData(SamplerKind.Ddim, 20)]
    public void Editing_is_scheduled_for_the_steps_asked_for(SamplerKind sampler, int expected)
    {
        Assert.Equal(expected, SamplingPlan.FromNoise(Of(sampler, 20)).EditingCalls);
        Assert.Equal(expected, SamplingPlan.FromImage(Of(sampler, 20), 0.4).EditingCalls);
    }

    [Theory]
    [InlineData(20, 0.4, 11, 9)]
    [InlineData(20, 1, 0, 20)]
    [InlineData(20, 0, 19, 1)]
    public void From_an_image_A1111_takes_the_last_steps(int steps, double denoise, int start, int taken)
    {
        var plan = SamplingPlan.FromImage(Of(SamplerKind.Euler, steps), denoise);
        Assert.Equal((start, taken), (plan.Start, plan.StepCount));
    }

    [Theory]
    [InlineData(10, 0.5, 10, 20)]
    [InlineData(10, 0.7, 4, 14)]
    [InlineData(10, 1, 0, 10)]
    public void A_second_pass_takes_all_its_steps(int steps, double denoise, int start, int all)
    {
        var plan = SamplingPlan.SecondPass(Of(SamplerKind.Euler, steps), denoise);
        Assert.Equal((start, all + 1, steps), (plan.Start, plan.Sigmas.Count, plan.StepCount));
    }

    [Theory]
    [InlineData(SeedDialect.A1111Nv)]
    [InlineData(SeedDialect.Comfy)]
    public void Where_nothing_is_to_be_denoised_the_latent_stays(SeedDialect dialect)
    {
        var plan = SamplingPlan.SecondPass(Of(SamplerKind.Euler, 10) with { Dialect = dialect }, 0);
        var latent = Enumerable.Range(0, Count).Select(i => (float)i).ToArray();
        plan.Run(new ToyModel(), latent, 1);
        Assert.Equal(0, plan.ModelCalls);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (float)i), latent);
    }

    [Fact]
    public void The_noise_of_the_start_is_that_of_the_dialect()
    {
        Assert.Equal(First(SeedDialect.A1111Cpu, 1) * MathF.Sqrt(1 + (14.614643f * 14.614643f)) / 14.614643f, First(SeedDialect.Comfy, 1), 1e-4);
        Assert.NotEqual(First(SeedDialect.A1111Cpu, 1), First(SeedDialect.A1111Nv, 1));
    }

    [Fact]
    public void Without_eta_an_ancestral_sampler_is_the_plain_one()
    {
        var ancestral = Run(SamplingPlan.FromNoise(Of(SamplerKind.EulerAncestral, 6) with { Eta = 0 }), 3);
        Near.EachOfLargest(Run(SamplingPlan.FromNoise(Of(SamplerKind.Euler, 6)), 3), ancestral, 1e-5);
    }

    [Fact]
    public void With_eta_DDIM_adds_noise()
    {
        var settings = Of(SamplerKind.Ddim, 6);
        Assert.NotEqual(Run(SamplingPlan.FromNoise(settings), 3), Run(SamplingPlan.FromNoise(settings with { Eta = 1 }), 3));
    }

    [Fact]
    public void The_noise_delta_changes_ancestral_samplers_alone()
    {
        var (euler, ancestral) = (Of(SamplerKind.Euler, 6), Of(SamplerKind.EulerAncestral, 6));
        Assert.Equal(Run(SamplingPlan.FromNoise(euler), 3), Run(SamplingPlan.FromNoise(euler with { EtaNoiseSeedDelta = 31337 }), 3));
        Assert.NotEqual(Run(SamplingPlan.FromNoise(ancestral), 3), Run(SamplingPlan.FromNoise(ancestral with { EtaNoiseSeedDelta = 31337 }), 3));
    }

    [Fact]
    public void A_run_stops_before_the_next_call()
    {
        using var source = new CancellationTokenSource();
        var model = new ToyModel();
        var plan = SamplingPlan.FromNoise(Of(SamplerKind.Euler, 6));
        Assert.Throws<OperationCanceledException>(() => plan.Run(model, new float[Count], 1, (step, _, _) => { if (step == 2) source.Cancel(); }, source.Token));
        Assert.Equal(3, model.Calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_pass_without_steps_is_refused(int steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingPlan.FromNoise(Of(SamplerKind.Euler, steps)));

    private static SamplingSettings Of(SamplerKind sampler, int steps) => new() { Dialect = SeedDialect.A1111Nv, Sampler = sampler, Steps = steps };

    private static float[] Run(SamplingPlan plan, ulong seed)
    {
        var latent = new float[Count];
        plan.Run(new ToyModel(), latent, seed);
        return latent;
    }

    private static float First(SeedDialect dialect, ulong seed)
    {
        var first = float.NaN;
        SamplingPlan.FromNoise(Of(SamplerKind.Euler, 5) with { Dialect = dialect }).Run(new ToyModel(), new float[Count], seed, (step, x, _) => first = step == 0 ? x[0] : first);
        return first;
    }
}
