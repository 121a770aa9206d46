using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class NetworkNotFoundTests : RuleTests
{
    [Fact]
    public void A_name_that_is_no_file_is_flagged() =>
        Check<NetworkNotFound>("<lora:[|add_detial|]:0.8>").HasNoSafeFix().UnsafelyFixedTo("<lora:add_detail:0.8>");

    [Fact]
    public void A_name_that_is_a_file_is_right() => Check<NetworkNotFound>("<lora:add_detail:0.8>, <lora:STYLE>").IsClean();

    [Fact]
    public void Other_kinds_are_no_files() => Check<NetworkNotFound>("<segment:face:1>").IsClean();

    [Fact]
    public void Without_folders_nobody_can_say() => Check<NetworkNotFound>("<lora:nothing:1>", services: new LintServices(Shipped.Tags)).IsClean();
}
