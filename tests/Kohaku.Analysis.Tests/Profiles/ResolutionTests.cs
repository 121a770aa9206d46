using Kohaku.Analysis.Profiles;

namespace Kohaku.Analysis.Tests.Profiles;

public sealed class ResolutionTests
{
    private static readonly Resolution Sizes = Profile.Default.Resolution;

    [Theory]
    [InlineData(1024, 1024)]
    [InlineData(832, 1216)]
    [InlineData(1216, 832)]
    [InlineData(896, 1152)]
    [InlineData(768, 1344)]
    [InlineData(640, 1536)]
    [InlineData(256, 4096)]
    public void Sizes_of_training_are_buckets(int width, int height) => Assert.True(Sizes.IsBucket(width, height));

    [Theory]
    [InlineData(512, 512)]
    [InlineData(1000, 1000)]
    [InlineData(1024, 1088)]
    public void Other_sizes_are_none(int width, int height) => Assert.False(Sizes.IsBucket(width, height));

    [Theory]
    [InlineData(1152, 1152, true)]
    [InlineData(1024, 1536, true)]
    [InlineData(2048, 2048, false)]
    [InlineData(512, 512, false)]
    [InlineData(1100, 1100, false)]
    public void A_size_somewhat_above_the_buckets_is_recommended_too(int width, int height, bool isRecommended) =>
        Assert.Equal(isRecommended, Sizes.IsRecommended(width, height));

    [Theory]
    [InlineData(512, 512, 1024, 1024)]
    [InlineData(512, 768, 832, 1216)]
    [InlineData(1920, 1080, 1344, 768)]
    [InlineData(1, 100000, 256, 4096)]
    public void The_nearest_bucket_has_the_nearest_shape(int width, int height, int nearestWidth, int nearestHeight) =>
        Assert.Equal((nearestWidth, nearestHeight), Sizes.NearestBucket(width, height));

    [Fact]
    public void Every_bucket_keeps_the_area() =>
        Assert.All(Sizes.Buckets(), bucket => Assert.InRange((long)bucket.Width * bucket.Height, 1, 1024 * 1024));
}
