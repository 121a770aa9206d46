using Kohaku.Generation.Pipeline;

namespace Kohaku.Generation.Tests.Pipeline;

public sealed class HiresSizeTests
{
    [Theory]
    [InlineData(512, 512, 1024, 1024, 1024, 1024)]
    [InlineData(512, 768, 1024, 1024, 1024, 1536)]
    [InlineData(768, 512, 1024, 1024, 1536, 1024)]
    [InlineData(832, 1216, 1248, 1824, 1248, 1824)]
    public void A_first_pass_is_enlarged_until_it_covers_the_second(int width, int height, int newWidth, int newHeight, int coveringWidth, int coveringHeight) =>
        Assert.Equal((coveringWidth, coveringHeight), HiresSize.Covering(width, height, newWidth, newHeight));

    [Fact]
    public void What_is_too_much_is_cut_off_on_both_sides()
    {
        float[] latent = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        Assert.Equal([1, 2, 5, 6, 9, 10, 13, 14], HiresSize.Cropped(latent, 2, 4, 2, 2));
        Assert.Equal([2, 3, 10, 11], HiresSize.Cropped(latent, 4, 2, 1, 2));
        Assert.Same(latent, HiresSize.Cropped(latent, 4, 4, 4, 4));
    }
}
