using CsCheck;
using Kohaku.Syntax;

namespace Kohaku.Jobs.Tests;

public sealed class ParameterTextTests
{
    private static readonly GenerationRequest Request = new()
    {
        Prompt = "1girl, (smile:1.2)",
        Negative = "lowres",
        Steps = 28,
        Sampler = SamplerKind.EulerAncestral,
        GuidanceScale = 6,
        Seed = 42,
        Width = 832,
        Height = 1216,
    };

    [Fact]
    public void Parameters_stand_in_A1111s_order() => Assert.Equal(
        "1girl, (smile:1.2)\nNegative prompt: lowres\nSteps: 28, Sampler: Euler a, Schedule type: Automatic, CFG scale: 6, Seed: 42, Size: 832x1216, Model hash: 0123456789, "
        + "Model: kohaku-xl-delta, RNG: NV, Emphasis: No norm, Version: kohaku 0.1.0",
        ParameterText.Of(Request, 42, new ModelNames("kohaku-xl-delta", "0123456789")));

    [Fact]
    public void Hires_parameters_stand_before_the_emphasis() => Assert.Contains(
        "Model: m, VAE: v, Denoising strength: 0.55, ENSD: 31337, RNG: CPU, Seed dialect: comfy, Hires prompt: \"b, c\", Hires resize: 1248x1824, Hires steps: 10, "
        + "Hires upscaler: Lanczos, Eta: 0.5, Emphasis: ComfyUI, Version:",
        ParameterText.Of(
            Request with
            {
                EtaNoiseSeedDelta = 31337,
                Eta = 0.5,
                SeedDialect = SeedDialect.Comfy,
                Emphasis = EmphasisKind.Comfy,
                Hires = new HiresPass(1248, 1824, 10, 0.55, "Lanczos") { Prompt = "b, c" },
            },
            42,
            new ModelNames("m", Vae: "v")),
        StringComparison.Ordinal);

    // The project's own reader, then the resolver: what an image says makes the same image again.
    [Fact]
    public void Any_request_comes_back()
    {
        var text = Gen.OneOf(
            Gen.String[Gen.Char["abc ,:\"\\()[]|<>é猫\n#1."], 0, 40],
            OneOf("Steps: 4, Sampler: Euler, Seed: 3", "a\nb", "\"", "{a|b}", "score: 1, rating: 2, artist: 3"));
        var hires =
            from size in Gen.Int[8, 512]
            from steps in Gen.Int[0, 40]
            from denoise in Gen.Int[0, 100]
            from upscaler in OneOf([.. UpscalerNames.All])
            from prompt in Gen.OneOf(Gen.Const((string?)null), Gen.Const<string?>("b, \"c\": d"))
            select new HiresPass(8 * size, 8 * size, steps, denoise / 100.0, upscaler) { Prompt = prompt, Sampler = steps == 3 ? SamplerKind.Heun : null };
        var requests =
            from prompt in text
            from negative in text
            from steps in Gen.Int[1, 1000]
            from sampler in Gen.Enum<SamplerKind>()
            from schedule in Gen.Enum<ScheduleKind>()
            from scale in Gen.Int[0, 1000]
            from seed in Gen.ULong
            from dialect in Gen.Enum<SeedDialect>()
            from emphasis in Gen.Enum<EmphasisKind>()
            from width in Gen.Int[8, 512]
            from height in Gen.Int[8, 512]
            from second in Gen.OneOf(Gen.Const((HiresPass?)null), hires.Select(pass => (HiresPass?)pass))
            from eta in OneOf<double?>(null, 0, 0.25, 1)
            select new GenerationRequest
            {
                Prompt = prompt,
                Negative = negative,
                Steps = steps,
                Sampler = sampler,
                Schedule = schedule,
                GuidanceScale = scale / 10.0,
                Seed = seed,
                SeedDialect = dialect,
                Emphasis = emphasis,
                Width = 8 * width,
                Height = 8 * height,
                Hires = second,
                Eta = eta,
            };

        requests.Sample(request =>
        {
            var written = ParameterText.Of(request, request.Seed, new ModelNames("kohaku: xl, delta"));
            var read = Infotext.Read(written);
            Assert.Equal(Trimmed(request.Prompt), read.Prompt);
            Assert.Equal(Trimmed(request.Negative), read.Negative);
            Assert.Equal("kohaku: xl, delta", read.Find("Model"));

            var again = Assert.Single(Prompts.Resolve(written, name: "a.txt").Requests);
            Assert.Equal(request with { Prompt = "", Negative = "", Source = null }, again with { Prompt = "", Negative = "", Source = null });
            return written == ParameterText.Of(request with { Prompt = read.Prompt, Negative = read.Negative }, request.Seed, new ModelNames("kohaku: xl, delta"));
        }, iter: 2000);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    // Infotext keeps no blanks at the ends of lines; encoders see none there either.
    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim();
}
