using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UntrainedTagTests : RuleTests
{
    [Fact]
    public void A_tag_about_the_upload_was_dropped() =>
        Check<UntrainedTag>("1girl, [|translation request|]").Says("`translation request` was dropped in training: Kohaku-XL Delta never saw it").HasNoSafeFix();

    [Fact]
    public void A_tag_about_the_medium_was_dropped() => Check<UntrainedTag>(@"[|adobe illustrator \(medium\)|]");

    [Fact]
    public void The_negative_prompt_is_looked_at_too() => Check<UntrainedTag>("1girl\nNegative prompt: [|bad id|]");

    [Fact]
    public void Other_meta_tags_were_trained() => Check<UntrainedTag>("highres, absurdres, bad anatomy").IsClean();
}
