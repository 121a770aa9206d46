using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class MissingSubjectTests : RuleTests
{
    [Fact]
    public void Nobody_says_who_is_there() => Check<MissingSubject>("[|long hair|], smile").HasNoSafeFix();

    [Fact]
    public void A_people_count_says_it() => Check<MissingSubject>("long hair, 1girl").IsClean();

    [Fact]
    public void A_count_in_another_spelling_says_it() => Check<MissingSubject>("multiple_girls, smile").IsClean();

    [Fact]
    public void No_humans_says_it() => Check<MissingSubject>("scenery, no humans").IsClean();

    [Fact]
    public void An_empty_prompt_says_nothing() => Check<MissingSubject>("").IsClean();

    [Fact]
    public void It_is_off_by_default() => Assert.Empty(new Linter(Shipped.Delta, Shipped.Services).Diagnose("long hair, smile"));

    [Fact]
    public void A_configuration_switches_it_on()
    {
        var severities = RuleRegistry.Rules.Defaults();
        RuleRegistry.Rules.TryFind("missing-subject", out var index);
        RuleSetting.Apply([new RuleSetting([index], 0, Severity.Warning)], RuleRegistry.Rules, severities);
        var settings = new Settings(severities) { Profile = Profile.Default, Thresholds = Profile.Default.Thresholds, Emphasis = Profile.Default.Emphasis };
        var found = Assert.Single(new Linter(settings, Shipped.Services).Diagnose("long hair, smile"));
        Assert.Equal(("KHK105", Severity.Warning), (found.Rule.Id, found.Severity));
    }
}
