using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class MinorSexualContentTests : RuleTests
{
    [Theory]
    [InlineData("[|child|], nsfw")]
    [InlineData("[|loli|], 1girl, nude")]
    [InlineData("nsfw, explicit, [|SHOTA|]")]
    [InlineData("[|l0li|], sex")]
    [InlineData("([|toddler|]:1.2), (nude:0.5)")]
    [InlineData("[[|loli|]:1girl:0.5], naked")]
    [InlineData("[|female_child|], explicit")]
    [InlineData("[|kids|], nipples")]
    [InlineData("[|little girl|], lingerie")]
    [InlineData("[|a cute young boy with brown hair|], erotic pose")]
    [InlineData("[|underage|] AND nsfw")]
    [InlineData("[|pre-teen|], r18")]
    [InlineData("[|baby|], nude")]
    [InlineData("[|aged down|], nsfw")]
    [InlineData("[|ロリ|], nsfw")]
    [InlineData("[|teenage|], rating:explicit")]
    public void A_minor_in_a_sexual_prompt_is_found(string prompt) => Check<MinorSexualContent>(prompt);

    [Theory]
    [InlineData("14 years old")]
    [InlineData("14-year-old girl")]
    [InlineData("16yo")]
    [InlineData("16 yo")]
    [InlineData("15 y/o")]
    [InlineData("age 12")]
    [InlineData("aged 9")]
    [InlineData("age: 12")]
    [InlineData("twelve years old")]
    [InlineData("13-17 years old")]
    public void An_age_below_eighteen_is_a_minors(string age) => Check<MinorSexualContent>($"1girl, [|{age}|], nsfw");

    [Theory]
    [InlineData("18 years old")]
    [InlineData("25yo")]
    [InlineData("twenty-five years old")]
    [InlineData("aged 30")]
    [InlineData("1000 years old")]
    [InlineData("1,000 years old")]
    [InlineData("5 years later")]
    [InlineData("10 fingers")]
    [InlineData("19 year old teen")]
    public void An_age_of_eighteen_or_more_is_not(string age) => Check<MinorSexualContent>($"1girl, {age}, nsfw").IsClean();

    [Theory]
    [InlineData("elementary school student")]
    [InlineData("middle school girl")]
    [InlineData("junior high student")]
    [InlineData("high school girls")]
    [InlineData("grade schooler")]
    [InlineData("5th grader")]
    [InlineData("kindergarten boy")]
    public void A_pupil_is_a_minor(string pupil) => Check<MinorSexualContent>($"[|{pupil}|], nsfw");

    [Theory]
    [InlineData("1girl, petite, flat chest, nsfw")]
    [InlineData("school uniform, high school uniform, nsfw")]
    [InlineData("young woman, young adult, nude")]
    [InlineData("gothic lolita, lolita fashion, nsfw")]
    [InlineData("kid icarus, palutena, nsfw")]
    [InlineData("teen titans, starfire, nsfw")]
    [InlineData("kaitou kid, nsfw")]
    [InlineData("childhood friend, nsfw")]
    [InlineData("child's drawing, nsfw")]
    [InlineData("baby blue hair, nsfw")]
    [InlineData("minor injury, nude")]
    [InlineData("kindergarten teacher, nsfw")]
    [InlineData("college student, nsfw")]
    [InlineData("no children, nsfw")]
    public void A_word_with_another_meaning_is_none(string prompt) => Check<MinorSexualContent>(prompt).IsClean();

    [Theory]
    [InlineData("mother and child, safe")]
    [InlineData("child, large breasts, sensitive")]
    [InlineData("child, no nudity, not nsfw")]
    [InlineData("little girl, dick grayson")]
    [InlineData("loli, peacock, cockpit, sextant")]
    public void A_prompt_without_anything_sexual_is_fine(string prompt) => Check<MinorSexualContent>(prompt).IsClean();

    [Fact]
    public void The_negative_prompt_takes_things_away() => Check<MinorSexualContent>("1girl, nsfw\nNegative prompt: child, loli").IsClean();

    [Fact]
    public void Sexual_words_in_the_negative_prompt_make_nothing_sexual() => Check<MinorSexualContent>("child\nNegative prompt: nsfw, nude").IsClean();

    [Fact]
    public void Brackets_inside_the_word_do_not_hide_it() => Check<MinorSexualContent>("[|lo(li), nsfw|]");

    [Fact]
    public void A_networks_name_counts() => Check<MinorSexualContent>("[|<lora:shota_v2:1>, nsfw|]");

    [Fact]
    public void A_comment_says_nothing() => Check<MinorSexualContent>("1girl, nsfw # no loli here\n").IsClean();

    [Fact]
    public void It_is_an_error_without_a_fix() => Check<MinorSexualContent>("[|child|], nsfw").Is(Severity.Error).HasNoSafeFix();

    [Fact]
    public void No_comment_silences_it()
    {
        var found = new Linter(Shipped.Delta, Shipped.Services).Diagnose("# kohaku: disable-file\n# kohaku: disable=KHK901, minor-sexual-content\nchild, nsfw");
        Assert.Contains(found, diagnostic => diagnostic.Rule.Id == "KHK901");
    }

    [Fact]
    public void No_selection_leaves_it_out()
    {
        var linter = new Linter(Shipped.Delta, Shipped.Services, [RuleRegistry.All.Single(rule => rule is WeakTag)]);
        Assert.Equal("KHK901", Assert.Single(linter.Diagnose("child, nsfw")).Rule.Id);
    }

    [Fact]
    public void No_severity_switches_it_off()
    {
        var severities = RuleRegistry.Rules.Defaults();
        var index = RuleRegistry.Find("minor-sexual-content")!.Index;
        RuleSetting.Apply([new RuleSetting([index], 0, Severity.None)], RuleRegistry.Rules, severities);
        Assert.Equal(Severity.Error, severities[index]);
    }

    [Fact]
    public void Other_rules_fixes_leave_the_prompt_alone()
    {
        var linter = new Linter(Shipped.Delta, Shipped.Services);
        const string text = "child, nsfw, long_hair, child\n---\nlong_hair";
        Assert.Equal("child, nsfw, long_hair, child\n---\nlong hair", FixApplier.Apply(text, linter).Text);
    }

    [Fact]
    public void Nothing_is_offered_to_mend_it()
    {
        var linter = new Linter(Shipped.Delta, Shipped.Services);
        var found = linter.Diagnose("child, nsfw, long_hair, child\nNegative prompt: long_hair\n---\nlong_hair");
        Assert.Same(found[^1], Assert.Single(found, finding => finding.Fixes.Count > 0));
    }

    [Fact]
    public void Another_profile_changes_nothing()
    {
        var settings = Settings.Default(Profile.Shipped("kohaku-xl-epsilon")!, RuleRegistry.Rules);
        Check<MinorSexualContent>("[|child|], explicit", settings);
    }
}
