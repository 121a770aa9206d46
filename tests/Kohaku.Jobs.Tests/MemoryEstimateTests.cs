namespace Kohaku.Jobs.Tests;

public sealed class MemoryEstimateTests
{
    private static readonly GenerationRequest Request = new() { Prompt = "a", Steps = 20, Sampler = SamplerKind.Euler, GuidanceScale = 6, Seed = 1, Width = 1024, Height = 1024 };

    [Fact]
    public void SDXL_on_a_card_needs_its_7_GB_of_weights_and_a_few_beside()
    {
        var half = MemoryEstimate.Of(ModelSize.Sdxl, Request, Precision.Auto, DeviceKind.Cuda);

        Assert.InRange(half.Weights, 6_900_000_000, 7_000_000_000);
        Assert.InRange(half.Peak, 8_000_000_000, 11_000_000_000);
    }

    [Fact]
    public void The_larger_pass_counts_and_single_precision_doubles()
    {
        var one = MemoryEstimate.Of(ModelSize.Sdxl, Request, Precision.Half, DeviceKind.Cuda);
        var hires = MemoryEstimate.Of(ModelSize.Sdxl, Request with { Hires = new HiresPass(2048, 1024, 0, 0.5) }, Precision.Half, DeviceKind.Cuda);
        var full = MemoryEstimate.Of(ModelSize.Sdxl, Request, Precision.Full, DeviceKind.Cuda);

        Assert.Equal(2 * one.Decoding, hires.Decoding);
        Assert.Equal((2 * one.Weights, 2 * one.Sampling, 2 * one.Decoding), (full.Weights, full.Sampling, full.Decoding));
    }

    [Fact]
    public void Without_guidance_the_batch_is_one() => Assert.Equal(
        MemoryEstimate.Of(ModelSize.Sdxl, Request, Precision.Full, DeviceKind.Cpu).Sampling / 2,
        MemoryEstimate.Of(ModelSize.Sdxl, Request with { GuidanceScale = 1 }, Precision.Full, DeviceKind.Cpu).Sampling);

    [Fact]
    public void Too_little_memory_is_said_in_numbers()
    {
        var estimate = new MemoryEstimate(10_000_000_000, 1_000_000_000, 4_000_000_000);

        Assert.Equal("about 14.0 GB of memory are needed, and 8.0 GB are there: it may be slow, or end", estimate.Against(8_000_000_000)!.Message);
        Assert.Null(estimate.Against(14_000_000_000));
        Assert.Null(estimate.Against(0));
    }
}
