using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Rules;
using Kohaku.Syntax;
using Kohaku.Tags;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnknownTagTests : RuleTests
{
    [Fact]
    public void A_slip_of_the_fingers_is_found() =>
        Check<UnknownTag>("1girl, [|blue eeyes|]").Says("`blue eeyes` is in no tag list").HasNoSafeFix().UnsafelyFixedTo("1girl, blue eyes");

    [Fact]
    public void The_nearest_tags_are_offered()
    {
        var found = Check<UnknownTag>("[|blnde hair|]").Found[0];
        Assert.Equal("Write `blonde hair`", found.Fixes[0].Title);
        Assert.InRange(found.Fixes.Count, 1, 3);
        Assert.StartsWith("did you mean `blonde hair`", found.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_is_written_with_escaped_brackets() =>
        Check<UnknownTag>(@"[|artoria pendragn \(fate\)|]").UnsafelyFixedTo(@"artoria pendragon \(fate\)");

    [Fact]
    public void Without_suggestions_nothing_is_searched_for()
    {
        var tree = SyntaxTree.Parse("blue eeyes");
        var report = new Report { WantsSuggestions = false };
        new Linter(Shipped.Delta, Shipped.Services).Run(tree, report);
        Assert.Equal(0, report.Findings[0].Fixes.Count);
    }

    [Fact]
    public void The_weight_stays() => Check<UnknownTag>("([|blue eeyes|]:1.2)").UnsafelyFixedTo("(blue eyes:1.2)");

    [Theory]
    [InlineData("a castle on a hill at night")]
    [InlineData("dramatic cinematic lighting")]
    [InlineData("by greg rutkowski")]
    [InlineData("a (red) house on (fire:1.2)")]
    public void Language_is_no_tag(string text) => Check<UnknownTag>($"1girl, {text}").IsClean();

    [Fact]
    public void Language_is_reported_where_the_configuration_asks_for_it()
    {
        var profile = Profile.Default;
        var settings = new Settings(RuleRegistry.Rules.Defaults())
        {
            Profile = profile,
            Thresholds = profile.Thresholds,
            Emphasis = profile.Emphasis,
            Sentences = SentencePolicy.Report,
        };
        Check<UnknownTag>("1girl, [|a castle on a hill at night|]", settings);
    }

    [Theory]
    [InlineData("easynegative")]
    [InlineData("EasyNegative")]
    [InlineData("bad-hands-5")]
    [InlineData("ng_deepnegative_v1_75t")]
    [InlineData("verybadimagenegative_v1.3")]
    [InlineData("badhandv4")]
    [InlineData("bad_prompt_version2")]
    [InlineData("FastNegativeV2")]
    [InlineData("negative_hand-neg")]
    public void An_embeddings_name_is_no_tag(string name)
    {
        var text = $"1girl\nNegative prompt: {name}, (lowres:1.1)";
        Assert.Empty(new Linter(Shipped.Delta, Shipped.Services).Diagnose(text));
        Assert.Equal(text, FixApplier.Apply(text, new Linter(Shipped.Delta, Shipped.Services), FixSafety.Unsafe).Text);
    }

    [Fact]
    public void An_allowed_text_is_known() =>
        Check<UnknownTag>("my eeyes", services: Shipped.Services with { Lookup = new TagLookup(Shipped.Tags.Index, [], ["my eeyes"]) }).IsClean();

    [Fact]
    public void Special_words_and_their_kin_are_the_business_of_other_rules() =>
        Check<UnknownTag>("masterpiece, best quality, high quality, safe, rating:general, newest, year 2019, score_9").IsClean();

    [Fact]
    public void Networks_and_wildcards_are_no_tags() => Check<UnknownTag>("<lora:eeyes:1>, __eeyes__, embedding:eeyes").IsClean();
}
