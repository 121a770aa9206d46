using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class SizeOffBucketTests : RuleTests
{
    [Fact]
    public void A_size_between_the_buckets_is_flagged() => Check<SizeOffBucket>("a\nSteps: 20, Size: [|512x768|]").Is(Severity.Hint);

    [Fact]
    public void The_nearest_bucket_is_offered() =>
        Check<SizeOffBucket>("a\nSteps: 20, Size: [|512x768|]").Offers("Write 832x1216").FixGives(0, "a\nSteps: 20, Size: 832x1216");

    [Fact]
    public void A_bucket_is_right() => Check<SizeOffBucket>("a\nSteps: 20, Size: 832x1216").IsClean();

    [Fact]
    public void An_impossible_size_has_another_finding() => Check<SizeOffBucket>("a\nSteps: 20, Size: 5000x1024").IsClean();
}
