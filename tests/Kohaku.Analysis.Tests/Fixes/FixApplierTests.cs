using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Fixes;

public sealed class FixApplierTests
{
    /// <summary>In ComfyUI a bracket that closes nothing switches off later weights: those tags are said to lack an emphasis that they have in writing.</summary>
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Theory]
    [InlineData(")(wlop:1.5),\nNegative prompt:", ")(wlop:1.5)\nNegative prompt:")]
    [InlineData("] (vocaloid)，(", "] \\(vocaloid\\), ()")]
    [InlineData("(pizza box:1.5)(a,(pizza box:1.5)()\n", "(pizza box:1.5)(a())\n")]
    public void A_fix_that_changes_nothing_keeps_no_other_from_being_applied(string text, string expected)
    {
        var linter = new Linter(Settings.Default(Profile.Default, RuleRegistry.Rules), Shipped.Services);
        var result = FixApplier.Apply(text, linter, FixSafety.Safe, Comfy);
        Assert.Equal(expected, result.Text);
        Assert.DoesNotContain(linter.Diagnose(result.Text, Comfy), found => found.Fixes.Any(fix => fix.Safety == FixSafety.Safe));
    }
}
