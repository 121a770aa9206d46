namespace Kohaku.Jobs.Tests;

public sealed class HiresTests
{
    private static readonly GenerationOptions FromImage = new() { StartImage = "/a.png", StartSize = (500, 333) };

    [Theory]
    [InlineData("Hires upscale: 1.5", 1248, 1824)]
    [InlineData("Hires upscale: 1.3", 1080, 1576)]
    [InlineData("Hires resize: 1000x1500", 1000, 1496)]
    [InlineData("Hires resize: 1664x0", 1664, 2432)]
    [InlineData("Hires resize: 0x1824", 1248, 1824)]
    public void The_larger_size_is_cut_to_whole_latents_as_A1111_does(string pair, int width, int height)
    {
        var hires = Prompts.Request($"a\nSize: 832x1216, {pair}, Hires steps: 10, Hires upscaler: Latent (bicubic), Denoising strength: 0.4").Hires!;

        Assert.Equal(new HiresPass(width, height, 10, 0.4, "Latent (bicubic)"), hires);
    }

    [Fact]
    public void A_pass_may_have_its_own_sampler_prompt_and_guidance()
    {
        var hires = Prompts.Request(
            "a\nSteps: 4, Sampler: Euler, Hires upscale: 2, Hires sampler: DPM++ 2M Karras, Hires CFG Scale: 3, Hires prompt: \"b, c\", Hires negative prompt: d").Hires!;

        Assert.Equal((SamplerKind.DpmPlusPlus2M, ScheduleKind.Karras, 3.0, "b, c", "d"), (hires.Sampler, hires.Schedule, hires.GuidanceScale, hires.Prompt, hires.Negative));
        Assert.Null(Prompts.Request("a\nSteps: 4, Seed: 1, Hires upscale: 2, Hires sampler: Use same sampler, Hires schedule type: Use same scheduler").Hires!.Sampler);
    }

    [Fact]
    public void The_command_line_asks_for_a_pass_and_0_point_7_is_made_anew()
    {
        var hires = Prompts.Request("a", new GenerationOptions { Hires = "1536x1536" }).Hires;

        Assert.Equal(new HiresPass(1536, 1536, 0, 0.7, "Latent"), hires);
    }

    [Fact]
    public void A_foreign_upscaler_becomes_Lanczos_and_is_noted()
    {
        var resolved = Prompts.Resolve("a\nSteps: 4, Seed: 1, Hires upscale: 2, Hires upscaler: R-ESRGAN 4x+ Anime6B");

        Assert.Equal("Lanczos", Assert.Single(resolved.Requests).Hires!.Upscaler);
        Assert.Contains("`R-ESRGAN 4x+ Anime6B` is a model of its own", Assert.Single(resolved.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_need_a_second_pass_or_an_image_are_refused_without()
    {
        Assert.Equal("--hires-steps is for a hires pass, and none is asked for = Add --hires WxH", Prompts.Error("a", new GenerationOptions { HiresSteps = 5 }));
        Assert.Equal("--denoise is for --hires and --init, and neither is given = Add --hires WxH or --init IMAGE", Prompts.Error("a", new GenerationOptions { Denoise = 0.5 }));
        Assert.Equal("--init and --hires exclude each other = Leave one of them out", Prompts.Error("a", FromImage with { Hires = "1024x1024" }));
        Assert.Equal("--denoise: 1.5 is not from 0 to 1", Prompts.Error("a", FromImage with { Denoise = 1.5 }));
    }

    [Fact]
    public void An_image_to_start_from_gives_its_size_where_nobody_names_one()
    {
        var request = Prompts.Request("a", FromImage);

        Assert.Equal((504, 336, new StartImage("/a.png", 0.75)), (request.Width, request.Height, request.Start));
        Assert.Equal((256, 512), (Prompts.Request("a\nSteps: 4, Seed: 1, Size: 256x512", FromImage) is var own ? own.Width : 0, Prompts.Request("a", FromImage with { Size = "256x512" }).Height));
    }
}
