namespace Kohaku.Analysis.Profiles;

/// <summary>The sizes that a model was trained with, in pixels.</summary>
/// <param name="HardMinimum">Below it no picture comes out.</param>
/// <param name="TrainedMinimum">Below it the model was not trained.</param>
/// <param name="Maximum">Above it the model was not trained.</param>
/// <param name="Multiple">Both sides must divide by it.</param>
/// <param name="BucketArea">The area that training buckets stay within.</param>
/// <param name="BucketStep">Bucket sides divide by it.</param>
/// <param name="RecommendedScale">How far above the bucket area a picture may go, as a factor on each side.</param>
/// <remarks>
/// Buckets are those of kohya-ss/sd-scripts, <c>make_bucket_resolutions</c>: for each width the largest height, both in steps, that
/// keeps the area, and the same turned.
/// </remarks>
public sealed record Resolution(
    int HardMinimum, int TrainedMinimum, int Maximum, int Multiple, int BucketArea, int BucketStep, double RecommendedScale)
{
    /// <summary>Whether pictures of this size were trained.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public bool IsBucket(int width, int height) =>
        IsSide(width) && IsSide(height) && (PartnerOf(width) == height || PartnerOf(height) == width);

    /// <summary>Whether a size keeps to the buckets: one of them, or one made evenly larger by up to <see cref="RecommendedScale"/>.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public bool IsRecommended(int width, int height)
    {
        if (IsBucket(width, height)) return true;
        if (width % BucketStep != 0 || height % BucketStep != 0) return false;

        var area = (double)width * height;
        return area >= BucketArea && area <= BucketArea * RecommendedScale * RecommendedScale;
    }

    /// <summary>The bucket whose shape is nearest to a size.</summary>
    /// <param name="width">Pixels, above 0.</param>
    /// <param name="height">Pixels, above 0.</param>
    public (int Width, int Height) NearestBucket(int width, int height)
    {
        var wanted = Math.Log((double)width / height);
        (int Width, int Height) best = default;
        var bestDistance = double.MaxValue;
        foreach (var bucket in Buckets())
        {
            var distance = Math.Abs(Math.Log((double)bucket.Width / bucket.Height) - wanted);
            if (distance >= bestDistance) continue;
            bestDistance = distance;
            best = bucket;
        }

        return best;
    }

    /// <summary>All buckets, by rising width.</summary>
    public IEnumerable<(int Width, int Height)> Buckets()
    {
        for (var width = TrainedMinimum; width <= Maximum; width += BucketStep)
        {
            // Several heights share a width where the shape is extreme: each is the partner of its own height.
            for (var height = TrainedMinimum; height <= Maximum; height += BucketStep)
            {
                if (IsBucket(width, height)) yield return (width, height);
            }
        }
    }

    private bool IsSide(int side) => side >= TrainedMinimum && side <= Maximum && side % BucketStep == 0;

    private int PartnerOf(int side) => Math.Min(Maximum, BucketArea / side / BucketStep * BucketStep);
}
