namespace Kohaku.Jobs.Tests;

public sealed class RequestResolverTests
{
    private const string Line = "Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7.5, Seed: 7, Size: 832x1216";

    [Fact]
    public void Without_a_parameter_line_the_profile_decides()
    {
        var request = Prompts.Request("1girl # me\nNegative prompt: lowres");

        Assert.Equal(
            new GenerationRequest
            {
                Prompt = "1girl",
                Negative = "lowres",
                Source = "1girl # me\nNegative prompt: lowres",
                Steps = 28,
                Sampler = SamplerKind.EulerAncestral,
                Schedule = ScheduleKind.Automatic,
                GuidanceScale = 6,
                Seed = Prompts.RandomSeed,
                SeedDialect = SeedDialect.A1111Nv,
                Emphasis = EmphasisKind.NoNorm,
                Width = 1024,
                Height = 1024,
            },
            request);
    }

    [Fact]
    public void The_parameter_line_goes_before_the_profile()
    {
        var request = Prompts.Request($"1girl\n{Line}, RNG: CPU, Emphasis: Original, ENSD: 31337, Eta: 0.5");

        Assert.Equal((20, SamplerKind.DpmPlusPlus2M, ScheduleKind.Karras, 7.5, 7UL), (request.Steps, request.Sampler, request.Schedule, request.GuidanceScale, request.Seed));
        Assert.Equal((832, 1216, SeedDialect.A1111Cpu, EmphasisKind.Original), (request.Width, request.Height, request.SeedDialect, request.Emphasis));
        Assert.Equal((31337L, 0.5), (request.EtaNoiseSeedDelta, request.Eta));
    }

    [Fact]
    public void The_command_line_goes_before_the_parameter_line()
    {
        var request = Prompts.Request($"1girl\n{Line}", new GenerationOptions
        {
            Steps = 5,
            Sampler = "euler a",
            Schedule = "sgm uniform",
            GuidanceScale = 1,
            Seed = "18446744073709551615",
            Size = "64x4096",
            SeedDialect = SeedDialect.Diffusers,
            Emphasis = EmphasisKind.Ignore,
            Count = 3,
        });

        Assert.Equal((5, SamplerKind.EulerAncestral, ScheduleKind.SgmUniform, 1.0, ulong.MaxValue), (request.Steps, request.Sampler, request.Schedule, request.GuidanceScale, request.Seed));
        Assert.Equal((64, 4096, SeedDialect.Diffusers, EmphasisKind.Ignore, 3), (request.Width, request.Height, request.SeedDialect, request.Emphasis, request.Count));
    }

    [Theory]
    [InlineData("Sampler: DPM++ 2M, Schedule type: Exponential, Steps: 4", ScheduleKind.Exponential)]
    [InlineData("Sampler: DPM++ 2M Karras, Schedule type: Exponential, Steps: 4", ScheduleKind.Exponential)]
    [InlineData("Sampler: DPM++ 2M Karras, Steps: 4", ScheduleKind.Karras)]
    [InlineData("Sampler: DPM++ 2M, Steps: 4", ScheduleKind.Automatic)]
    public void A_schedule_of_its_own_goes_before_the_one_in_an_old_sampler_name(string line, ScheduleKind schedule) =>
        Assert.Equal(schedule, Prompts.Request($"a\n{line}, Seed: 1").Schedule);

    [Theory]
    [InlineData("-1", Prompts.RandomSeed)]
    [InlineData("0", 0UL)]
    [InlineData("-5", ulong.MaxValue - 4)]
    public void A_seed_of_minus_one_is_random_and_others_below_zero_are_what_torch_takes_them_for(string seed, ulong expected)
    {
        Assert.Equal(expected, Prompts.Request($"a\nSteps: 4, Seed: {seed}, Size: 256x256").Seed);
        Assert.Equal(expected, Prompts.Request("a", new GenerationOptions { Seed = seed }).Seed);
    }

    [Theory]
    [InlineData("Steps: 0", "`0` is no whole number from 1 to 1000")]
    [InlineData("Steps: many", "`many` is no whole number from 1 to 1000")]
    [InlineData("CFG scale: -1", "-1 is not from 0 to 100")]
    [InlineData("CFG scale: NaN", "NaN is not from 0 to 100")]
    [InlineData("Seed: 18446744073709551616", "`18446744073709551616` is no seed = A seed is a whole number below 2^64; -1 asks for a random one")]
    [InlineData("Size: big", "`big` is no size = Write it as 832x1216")]
    [InlineData("Size: 4104x1024", "a side of 4104 is above 4096 = Ask for a smaller size")]
    [InlineData("Size: 1024x56", "a side of 56 is below 64 = Ask for a larger size")]
    [InlineData("Size: 1020x1024", "a side of 1020 is no multiple of 8 = The nearest are 1016 and 1024")]
    [InlineData("RNG: TPU", "there is no random number generator `TPU` = One of: GPU, CPU, NV")]
    [InlineData("ENSD: a", "ENSD: `a` is no whole number")]
    public void What_is_wrong_in_a_parameter_line_is_said_with_its_place(string pair, string expected) =>
        Assert.Equal($"a.prompt:2:{31 + pair.IndexOf(':', StringComparison.Ordinal)}: {expected}", Prompts.Error($"1girl\nClip skip: 1, Tiling: True, {pair}"));

    [Fact]
    public void An_unknown_name_is_said_with_the_nearest_and_all_that_are()
    {
        Assert.StartsWith("--sampler: there is no sampler `Eulr a` = The nearest is Euler a; all are: Euler, Euler a, ", Prompts.Error("a", new GenerationOptions { Sampler = "Eulr a" }), StringComparison.Ordinal);
        Assert.StartsWith("--schedule: there is no schedule `karas` = The nearest is Karras; all are: ", Prompts.Error("a", new GenerationOptions { Schedule = "karas" }), StringComparison.Ordinal);
        Assert.StartsWith("--sampler: the sampler `Restart` is none that kohaku has", Prompts.Error("a", new GenerationOptions { Sampler = "Restart" }), StringComparison.Ordinal);
        Assert.StartsWith("--hires-upscaler: there is no upscaler `Lanczo` = The nearest is Lanczos", Prompts.Error("a", new GenerationOptions { Hires = "1536x1536", HiresUpscaler = "Lanczo" }), StringComparison.Ordinal);
        Assert.StartsWith("a.prompt:2:21: there is no emphasis mode `Loud`", Prompts.Error("a\nSteps: 4, Emphasis: Loud, Seed: 1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(248, true)]
    [InlineData(256, false)]
    public void A_small_side_is_noted(int side, bool noted) =>
        Assert.Equal(noted, Prompts.Resolve("a", new GenerationOptions { Size = $"{side}x512" }).Notes.Any(note => note.Contains("below 256", StringComparison.Ordinal)));

    [Fact]
    public void Every_seed_of_a_batch_has_its_own_dynamic_text_and_the_same_seed_the_same()
    {
        var resolved = Prompts.Resolve(
            "1girl, {red|green|blue|white|black} hair, __place__\nNegative prompt: {a|b}\nSteps: 4, Seed: 40, Size: 256x256",
            new GenerationOptions { Count = 8 },
            wildcards: name => name == "place" ? ["garden", "beach"] : null);

        Assert.Equal(Enumerable.Range(40, 8).Select(seed => (ulong)seed), resolved.Requests.Select(request => request.Seed));
        Assert.All(resolved.Requests, request =>
        {
            Assert.Matches("^1girl, (red|green|blue|white|black) hair, (garden|beach)$", request.Prompt);
            Assert.Matches("^[ab]$", request.Negative);
            Assert.Equal(1, request.Count);
            Assert.Contains("{red|green", request.Source, StringComparison.Ordinal);
        });
        Assert.True(resolved.Requests.Select(request => request.Prompt).Distinct().Count() > 1);

        var again = Prompts.Resolve("1girl, {red|green|blue|white|black} hair, __place__", new GenerationOptions { Seed = "43" }, wildcards: _ => ["garden", "beach"]);
        Assert.Equal(resolved.Requests[3].Prompt, Assert.Single(again.Requests).Prompt);
    }

    [Fact]
    public void Without_dynamic_prompts_their_brackets_are_text_and_that_is_noted()
    {
        var resolved = Prompts.Resolve("{red|blue} hair");

        Assert.Equal("{red|blue} hair", Assert.Single(resolved.Requests).Prompt);
        Assert.Contains("dynamicPrompts in kohaku.json", Assert.Single(resolved.Notes), StringComparison.Ordinal);
        Assert.Empty(Prompts.Resolve("^_^, 1girl").Notes);
    }

    [Fact]
    public void A_wildcard_that_is_missing_is_an_error() =>
        Assert.Equal("dynamic prompt: no wildcard is named nope", Assert.Throws<GenerationException>(() => Prompts.Resolve("__nope__", wildcards: _ => null)).Message);
}
