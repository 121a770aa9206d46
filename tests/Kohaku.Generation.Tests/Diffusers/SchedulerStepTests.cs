using Kohaku.Generation.Diffusers;

namespace Kohaku.Generation.Tests.Diffusers;

/// <summary>Schedulers over noise whose path is known: what the twelve images do not reach.</summary>
public sealed class SchedulerStepTests
{
    /// <summary>Deviation of the data.</summary>
    private const double Data = 0.7;

    public static TheoryData<string> Deterministic => [.. s_configs.Where(pair => !Draws(pair.Value)).Select(pair => pair.Key)];

    private static readonly Dictionary<string, SchedulerConfig> s_configs = new()
    {
        ["euler"] = Of(SchedulerKind.Euler),
        ["euler exponential"] = Of(SchedulerKind.Euler) with { Sigmas = SigmaSpacing.Exponential },
        ["euler beta"] = Of(SchedulerKind.Euler) with { Sigmas = SigmaSpacing.Beta },
        ["euler log-linear"] = Of(SchedulerKind.Euler) with { IsLogLinear = true },
        ["heun"] = Of(SchedulerKind.Heun),
        ["lms"] = Of(SchedulerKind.Lms),
        ["kdpm2"] = Of(SchedulerKind.Kdpm2),
        ["kdpm2 karras"] = Of(SchedulerKind.Kdpm2) with { Sigmas = SigmaSpacing.Karras },
        ["dpm 1"] = Of(SchedulerKind.DpmSolverMultistep) with { SolverOrder = 1 },
        ["dpm 2"] = Of(SchedulerKind.DpmSolverMultistep),
        ["dpm 2 heun"] = Of(SchedulerKind.DpmSolverMultistep) with { IsHeun = true },
        ["dpm 3"] = Of(SchedulerKind.DpmSolverMultistep) with { SolverOrder = 3 },
        ["dpm 3 ending above 0"] = Of(SchedulerKind.DpmSolverMultistep) with { SolverOrder = 3, EndsAtSigmaMin = true },
        ["unipc 2"] = Of(SchedulerKind.UniPC),
        ["unipc 2 bh1"] = Of(SchedulerKind.UniPC) with { IsB1 = true },
        ["unipc 3"] = Of(SchedulerKind.UniPC) with { SolverOrder = 3 },
        ["unipc 3 without corrections"] = Of(SchedulerKind.UniPC) with { SolverOrder = 3, DisabledCorrectors = [.. Enumerable.Range(0, 100)] },
        ["ddim"] = Of(SchedulerKind.Ddim) with { SetAlphaToOne = true, Spacing = TimestepSpacing.Leading },
        ["pndm"] = Of(SchedulerKind.Pndm) with { SetAlphaToOne = true, Spacing = TimestepSpacing.Leading },
        ["euler ancestral"] = Of(SchedulerKind.EulerAncestral),
        ["kdpm2 ancestral"] = Of(SchedulerKind.Kdpm2Ancestral),
        ["dpm 2 sde"] = Of(SchedulerKind.DpmSolverMultistep) with { IsStochastic = true },
        ["dpm 2 sde heun"] = Of(SchedulerKind.DpmSolverMultistep) with { IsStochastic = true, IsHeun = true },
        ["dpm 3 sde"] = Of(SchedulerKind.DpmSolverMultistep) with { IsStochastic = true, SolverOrder = 3 },
        ["lcm"] = Of(SchedulerKind.Lcm),
    };

    [Theory]
    [MemberData(nameof(Deterministic))]
    public void An_image_that_the_model_sees_through_the_noise_comes_back(string name)
    {
        var scheduler = DiffusersSchedulers.Create(s_configs[name], 12);
        float[] original = [.. Enumerable.Range(0, 64).Select(i => MathF.Sin(i))];
        float[] noise = [.. Enumerable.Range(0, 64).Select(i => MathF.Cos(i * 1.7f))];
        var latent = original.ToArray();

        // The model says which noise it is: no scheduler has anything to err in.
        // LMS and PNDM go on as if the run had begun at the table's beginning, as in diffusers, and err where it did not.
        var isWhole = name is "lms" or "pndm";
        DiffusersSampling.StartFrom(scheduler, 12, isWhole ? 1 : 0.6, latent, noise.CopyTo);
        Assert.Equal(isWhole ? 0 : (12 - 7) * scheduler.Order, scheduler.Index);
        DiffusersSampling.Run(scheduler, latent, (_, _, predicted) => noise.CopyTo(predicted), Never, null, default);

        var last = s_configs[name].EndsAtSigmaMin ? 0.0292f : 0;
        for (var i = 0; i < latent.Length; i++) Assert.Equal(original[i] + (last * noise[i]), latent[i], 1e-3f);
    }

    [Theory]
    [InlineData("euler", 1)]
    [InlineData("heun", 2)]
    [InlineData("lms", 3)]
    [InlineData("kdpm2", 2)]
    [InlineData("dpm 1", 1)]
    [InlineData("dpm 2", 2)]
    [InlineData("dpm 2 heun", 2)]
    // diffusers takes the second difference at half its weight, as the paper's own program does: that keeps the order at 2.
    [InlineData("dpm 3", 1.6)]
    [InlineData("unipc 2", 2)]
    [InlineData("unipc 2 bh1", 2)]
    [InlineData("unipc 3", 3)]
    [InlineData("unipc 3 without corrections", 3)]
    [InlineData("ddim", 1)]
    [InlineData("pndm", 2)]
    public void The_error_falls_with_the_order(string name, double order)
    {
        var config = s_configs[name];
        var (few, many) = (Error(config, 50), Error(config, 100));
        Assert.True(few / many > 0.7 * Math.Pow(2, order), $"{name} errs by {few:E2} with 50 steps, by {many:E2} with 100: order {Math.Log2(few / many):F2}");
    }

    [Theory]
    [InlineData("euler ancestral", 40)]
    [InlineData("kdpm2 ancestral", 79)]
    [InlineData("dpm 2 sde", 40)]
    [InlineData("dpm 2 sde heun", 40)]
    [InlineData("dpm 3 sde", 40)]
    [InlineData("lcm", 39)]
    public void Schedulers_that_draw_draw_as_often_as_diffusers_and_reach_the_distribution(string name, int expected)
    {
        const int Count = 20000;
        var random = new Random(5);
        var scheduler = DiffusersSchedulers.Create(s_configs[name], 40);
        var latent = new float[Count];
        var draws = -1;
        DiffusersSampling.Start(scheduler, latent, Draw);
        DiffusersSampling.Run(scheduler, latent, (input, timestep, noise) => Predict(s_training.SigmaAt(timestep), input, noise), Draw, null, default);

        Assert.Equal(expected, draws);
        var deviation = Math.Sqrt(latent.Average(value => (double)value * value));
        // LCM takes each x₀ for a sample, which the mean of a distribution is not.
        if (name != "lcm") Assert.Equal(Data, deviation, 0.1);

        void Draw(Span<float> noise)
        {
            draws++;
            for (var i = 0; i < noise.Length; i++) noise[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }

    [Fact]
    public void The_eta_of_DDIM_draws()
    {
        var scheduler = DiffusersSchedulers.Create(Of(SchedulerKind.Ddim) with { Eta = 1 }, 10);
        var draws = 0;
        scheduler.Begin();
        DiffusersSampling.Run(scheduler, new float[16], (_, _, noise) => noise.Clear(), _ => draws++, null, default);
        Assert.Equal(10, draws);
    }

    [Fact]
    public void A_strength_that_leaves_no_step_is_refused()
    {
        var scheduler = DiffusersSchedulers.Create(SchedulerConfig.Sdxl, 10);
        var error = Assert.Throws<Generation.Models.ModelException>(() => DiffusersSampling.StartFrom(scheduler, 10, 0.05, new float[16], Never));
        Assert.Equal("a denoising strength of 0.05 leaves no step of 10", error.Message);
        Assert.Equal("Set the strength to 0.1 or more, or make more steps", error.Help);
    }

    [Fact]
    public void A_run_can_be_cancelled_between_its_calls()
    {
        using var cancellation = new CancellationTokenSource();
        var scheduler = DiffusersSchedulers.Create(SchedulerConfig.Sdxl, 10);
        scheduler.Begin();
        var calls = 0;
        Assert.Throws<OperationCanceledException>(() => DiffusersSampling.Run(scheduler, new float[16], (_, _, noise) => noise.Clear(), Never, (call, _, _, _) =>
        {
            calls = call;
            if (call == 3) cancellation.Cancel();
        }, cancellation.Token));
        Assert.Equal(3, calls);
    }

    [Fact]
    public void The_observer_sees_what_the_model_takes_the_image_to_be()
    {
        foreach (var name in (string[])["euler", "heun", "kdpm2", "dpm 2", "unipc 2", "ddim", "lcm"])
        {
            var scheduler = DiffusersSchedulers.Create(s_configs[name], 5);
            float[] latent = [0.5f, -0.25f];
            float[] noise = [1, -1];
            DiffusersSampling.StartFrom(scheduler, 5, 1, latent, noise.CopyTo);
            DiffusersSampling.Run(
                scheduler, latent, (_, _, predicted) => noise.CopyTo(predicted), target => noise.CopyTo(target),
                (_, _, _, denoised) => Assert.True(MathF.Abs(denoised[0] - 0.5f) < 2e-3 && MathF.Abs(denoised[1] + 0.25f) < 2e-3, $"{name}: {denoised[0]}, {denoised[1]}"), default);
        }
    }

    private static SchedulerConfig Of(SchedulerKind kind) => SchedulerConfig.Sdxl with { Kind = kind, Spacing = TimestepSpacing.Linspace };

    private static bool Draws(SchedulerConfig config) => config.IsStochastic || config.Kind is SchedulerKind.EulerAncestral or SchedulerKind.Kdpm2Ancestral or SchedulerKind.Lcm;

    private static void Never(Span<float> noise) => Assert.Fail("this scheduler draws nothing");

    /// <summary>How far the latent before the last step lies from the exact path, x(σ) = x(σ₀)·√((σ²+s²)/(σ₀²+s²)).</summary>
    private static double Error(SchedulerConfig config, int steps)
    {
        if (SchedulerNames.Sigmas(config.Kind)) config = config with { Sigmas = SigmaSpacing.Karras };
        var scheduler = DiffusersSchedulers.Create(config, steps);
        scheduler.Begin();
        var isScaled = config.Kind is SchedulerKind.DpmSolverMultistep or SchedulerKind.UniPC or SchedulerKind.Ddim or SchedulerKind.Pndm;
        var calls = scheduler.Timesteps.Count;
        var (start, end) = (Sigma(scheduler, 0), Sigma(scheduler, calls - 1));
        float[] latent = [(float)Exact(start)];
        var error = double.NaN;
        DiffusersSampling.Run(scheduler, latent, (input, timestep, noise) => Predict(Sigma(scheduler, scheduler.Index), input, noise), Never, (call, _, reached, _) =>
        {
            if (call == calls - 1) error = Math.Abs(reached[0] - Exact(end));
        }, default);
        return error;

        double Exact(double sigma) => 1000 * Math.Sqrt(((sigma * sigma) + (Data * Data)) / ((start * start) + (Data * Data))) / (isScaled ? Math.Sqrt((sigma * sigma) + 1) : 1);
    }

    /// <summary>σ of what the model gets: whole timesteps are rounded, and those in the middle of DPM2's steps lie between.</summary>
    private static double Sigma(DiffusersScheduler scheduler, int call)
    {
        if (scheduler is Kdpm2Scheduler && call % 2 == 1) return Math.Sqrt((double)scheduler.Sigmas[call - 1] * scheduler.Sigmas[call]);
        return scheduler.Sigmas.Count > 0 ? scheduler.Sigmas[call] : s_training.SigmaAt(scheduler.Timesteps[call]);
    }

    /// <summary>The noise that a normal distribution lets one expect in what the model gets, x/√(σ²+1): x·σ/(σ²+s²).</summary>
    private static void Predict(double sigma, ReadOnlySpan<float> input, Span<float> noise)
    {
        for (var i = 0; i < noise.Length; i++) noise[i] = (float)(input[i] * Math.Sqrt((sigma * sigma) + 1) * sigma / ((sigma * sigma) + (Data * Data)));
    }

    private static readonly TrainingSchedule s_training = new(SchedulerConfig.Sdxl);
}
