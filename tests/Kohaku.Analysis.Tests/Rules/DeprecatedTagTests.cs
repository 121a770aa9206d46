using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class DeprecatedTagTests : RuleTests
{
    [Fact]
    public void It_still_works() => Check<DeprecatedTag>("1girl, [|striped|]").HasNoSafeFix();

    [Fact]
    public void A_tag_in_use_is_fine() => Check<DeprecatedTag>("1girl, smile").IsClean();
}
