using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class NetworkInEmphasisTests : RuleTests
{
    [Fact]
    public void Brackets_do_not_weigh_a_network() =>
        Check<NetworkInEmphasis>("([|<lora:x:0.8>|]:1.2)").HasNoSafeFix().UnsafelyFixedTo("<lora:x:0.8>");

    [Fact]
    public void Among_tags_neither() => Check<NetworkInEmphasis>("(1girl, [|<lora:x:1>|], smile:1.2)").HasNoSafeFix();

    [Fact]
    public void Editing_does_not_switch_it() => Check<NetworkInEmphasis>("[[|<lora:x:1>|]:0.5]").HasNoSafeFix();

    [Fact]
    public void Outside_it_is_right() => Check<NetworkInEmphasis>("<lora:x:1>, (smile)").IsClean();
}
