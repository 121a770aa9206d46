using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.Checkpoints;

public sealed class MemoryEstimateTests
{
    private static readonly Checkpoint s_checkpoint = Checkpoint.Open(TinyCheckpoint.Path);

    [Fact]
    public void A_card_in_fp16_takes_two_bytes_a_value_and_in_fp32_four()
    {
        var values = TinyCheckpoint.Tensors.Sum(tensor => tensor.Count);
        Assert.Equal(2 * values, MemoryEstimate.Of(s_checkpoint, Device.Cuda, Precision.Auto, 512, 512).Weights);
        Assert.Equal(4 * values, MemoryEstimate.Of(s_checkpoint, Device.Cuda, Precision.Full, 512, 512).Weights);
    }

    [Fact]
    public void The_processor_widens_the_UNet_alone()
    {
        var unet = TinyCheckpoint.Tensors.Where(tensor => tensor.Name.StartsWith("model.", StringComparison.Ordinal)).Sum(tensor => tensor.Count);
        var values = TinyCheckpoint.Tensors.Sum(tensor => tensor.Count);
        Assert.Equal((2 * values) + (2 * unet), MemoryEstimate.Of(s_checkpoint, Device.Cpu, Precision.Auto, 512, 512).Weights);
    }

    [Fact]
    public void A_larger_image_takes_more_until_it_is_decoded_in_tiles()
    {
        long WorkOf(int side) => MemoryEstimate.Of(s_checkpoint, Device.Cpu, Precision.Auto, side, side).Work;
        Assert.Equal(4 * WorkOf(512), WorkOf(1024));
        Assert.Equal(WorkOf(1536), WorkOf(2048));
    }

    [Fact]
    public void Too_little_memory_is_told_with_both_sizes()
    {
        new MemoryEstimate(1000, 1000).RequireMachine();
        var refused = Assert.Throws<ModelException>(() => new MemoryEstimate(long.MaxValue / 2, 0).RequireMachine());
        Assert.Contains("4611686018.4 GB", refused.Message, StringComparison.Ordinal);
    }
}
