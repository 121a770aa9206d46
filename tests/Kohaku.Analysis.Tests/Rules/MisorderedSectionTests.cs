using CsCheck;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Rules;
using Kohaku.Analysis.Sections;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class MisorderedSectionTests : RuleTests
{
    [Fact]
    public void The_habit_of_other_models_is_sorted() =>
        Check<MisorderedSection>("masterpiece, best quality, [|1girl|], solo, long hair").FixedTo("1girl, masterpiece, best quality, solo, long hair");

    [Fact]
    public void The_message_names_both_sections() =>
        Check<MisorderedSection>("masterpiece, [|1girl|]").Says("`1girl` (people count) stands behind `masterpiece` (special tags)");

    [Fact]
    public void The_help_says_the_order()
    {
        var found = Check<MisorderedSection>("smile, [|1girl|]").Found[0];
        Assert.Equal("the order is: people count, character, series, artist, special tags, general tags", found.Help);
    }

    [Fact]
    public void One_tag_out_of_place_is_one_finding() =>
        Check<MisorderedSection>("[|smile|], 1girl, hatsune miku, vocaloid, masterpiece, solo").FixedTo("1girl, hatsune miku, vocaloid, masterpiece, smile, solo");

    [Fact]
    public void All_sections_in_order_are_fine() =>
        Check<MisorderedSection>("1girl, hatsune miku, vocaloid, wlop, masterpiece, newest, safe, smile, highres, solo").IsClean();

    [Theory]
    [InlineData("1girl, masterpiece, smile, rococo, grain")]
    [InlineData("1girl, masterpiece, smile, fine")]
    [InlineData("a photo, smile, man")]
    public void A_plain_word_that_is_a_little_known_name_has_no_section(string text) => Check<MisorderedSection>(text).IsClean();

    [Fact]
    public void A_name_that_is_no_word_has_one() => Check<MisorderedSection>("1girl, masterpiece, [|wlop|], smile").FixedTo("1girl, wlop, masterpiece, smile");

    [Fact]
    public void Order_inside_a_section_means_nothing() => Check<MisorderedSection>("safe, newest, masterpiece, solo, highres, smile").IsClean();

    [Fact]
    public void Unknown_text_follows_the_tag_before_it() =>
        Check<MisorderedSection>("masterpiece, ultra sharp focus, [|1girl|], beautiful elf lady, solo")
            .FixedTo("1girl, beautiful elf lady, masterpiece, ultra sharp focus, solo");

    [Fact]
    public void Unknown_text_at_the_start_stays_there() =>
        Check<MisorderedSection>("a photo of someone, masterpiece, [|1girl|]").FixedTo("a photo of someone, 1girl, masterpiece");

    [Fact]
    public void A_network_follows_the_tag_before_it() =>
        Check<MisorderedSection>("masterpiece, <lora:a_b:0.8>, [|1girl|], smile").FixedTo("1girl, masterpiece, <lora:a_b:0.8>, smile");

    [Fact]
    public void Networks_at_the_end_stay_there() =>
        Check<MisorderedSection>("smile, [|1girl|]\n<lora:a:1>, <lora:b:1>").FixedTo("1girl, smile\n<lora:a:1>, <lora:b:1>");

    [Fact]
    public void Weights_go_along() =>
        Check<MisorderedSection>("(masterpiece:1.2), ((smile)), [[|1girl|]]").FixedTo("[1girl], (masterpiece:1.2), ((smile))");

    [Fact]
    public void A_bracket_with_tags_of_one_section_stays_whole() =>
        Check<MisorderedSection>("(masterpiece, best quality:1.2), [|1girl|]").FixedTo("1girl, (masterpiece, best quality:1.2)");

    [Fact]
    public void A_bracket_with_tags_of_several_sections_is_divided() =>
        Check<MisorderedSection>("([|smile|], 1girl:1.2), masterpiece, solo").FixedTo("(1girl:1.2), masterpiece, (smile:1.2), solo");

    [Fact]
    public void A_bracket_is_not_divided_without_need() =>
        Check<MisorderedSection>("(smile, [|1girl|]:1.2), solo").FixedTo("(1girl, smile:1.2), solo");

    [Fact]
    public void Nested_brackets_are_divided_as_well() =>
        Check<MisorderedSection>("((smile, [|1girl|]:1.2), solo, [|2boys|])").FixedTo("((1girl:1.2), 2boys, (smile:1.2), solo)");

    [Fact]
    public void Escaped_brackets_are_part_of_the_name() =>
        Check<MisorderedSection>(@"smile, [|artoria pendragon \(fate\)|]").FixedTo(@"artoria pendragon \(fate\), smile");

    [Fact]
    public void Several_lines_keep_their_ends() =>
        Check<MisorderedSection>("masterpiece, best quality,\n[|1girl|], solo,\nsmile").FixedTo("1girl, masterpiece, best quality,\nsolo,\nsmile");

    [Fact]
    public void The_last_place_keeps_its_own_end() =>
        Check<MisorderedSection>("masterpiece,\nsmile,\n[|1girl|]\n").FixedTo("1girl,\nmasterpiece,\nsmile\n");

    [Fact]
    public void A_comment_at_a_lines_end_goes_with_its_tag() =>
        Check<MisorderedSection>("smile, # happy\n[|1girl|] # who\n").FixedTo("1girl, # who\nsmile # happy\n");

    [Fact]
    public void A_comment_line_goes_with_the_tag_below() =>
        Check<MisorderedSection>("# how\nmasterpiece,\n# who\n[|1girl|],\nsmile").FixedTo("# who\n1girl,\n# how\nmasterpiece,\nsmile");

    [Fact]
    public void Nothing_crosses_a_comment_that_steers_the_linter()
    {
        const string text = "smile,\n# kohaku: disable=weak-tag\n1girl, solo, 2boys";
        Assert.Equal(
            "smile,\n# kohaku: disable=weak-tag\n1girl, 2boys, solo",
            TextEdits.Apply(text, SectionSorter.Sort(SyntaxTree.Parse(text), 0, Shipped.Delta, Shipped.Services)));
    }

    [Fact]
    public void Nothing_crosses_BREAK() => Check<MisorderedSection>("smile BREAK 1girl, solo BREAK masterpiece").IsClean();

    [Fact]
    public void Nothing_crosses_BREAK_between_commas() =>
        Check<MisorderedSection>("smile, [|1girl|], BREAK, masterpiece, [|1boy|], <lora:a:1>, BREAK, 2girls").FixedTo("1girl, smile, BREAK, 1boy, masterpiece, <lora:a:1>, BREAK, 2girls");

    [Fact]
    public void Each_part_of_AND_is_sorted_alone() =>
        Check<MisorderedSection>("smile, [|1girl|] AND solo, [|1boy|]").FixedTo("1girl, smile AND 1boy, solo");

    [Fact]
    public void Nothing_crosses_prompt_editing() => Check<MisorderedSection>("smile, [solo:long hair:0.5], 1girl").IsClean();

    [Fact]
    public void A_tag_that_touches_prompt_editing_stays() =>
        Check<MisorderedSection>("solo [a:b:0.5] smile, masterpiece, [|1girl|]").FixedTo("solo [a:b:0.5] smile, 1girl, masterpiece");

    [Fact]
    public void A_bracket_round_BREAK_stays_whole() => Check<MisorderedSection>("(smile, 1girl BREAK solo:1.2)").IsClean();

    [Fact]
    public void Text_joined_by_a_bracket_stays_joined() =>
        Check<MisorderedSection>("smile, a (b, c) d, [|1girl|]").FixedTo("1girl, smile, a (b, c) d");

    [Fact]
    public void A_number_never_becomes_the_prompts_weight() =>
        Check<MisorderedSection>("masterpiece, odd :3, [|1girl|]").FixedTo("1girl, masterpiece, odd :3,");

    [Fact]
    public void A_trailing_comma_stays_at_the_end() => Check<MisorderedSection>("smile, [|1girl|],").FixedTo("1girl, smile,");

    [Fact]
    public void Where_brackets_do_not_pair_nothing_is_said() => Check<MisorderedSection>("smile), 1girl, (solo").IsClean();

    [Fact]
    public void Line_ends_of_Windows_are_kept() => Check<MisorderedSection>("smile # a\r\n, [|1girl|]").FixedTo("1girl\r\n, smile # a");

    [Fact]
    public void The_negative_prompt_has_no_order() => Check<MisorderedSection>("1girl\nNegative prompt: smile, 1boy").IsClean();

    [Fact]
    public void Another_profile_has_another_order()
    {
        var settings = Settings.Default(Profile.Shipped("kohaku-xl-epsilon")!, RuleRegistry.Rules);
        Check<MisorderedSection>("1girl, [|masterpiece|], smile, solo", settings).FixedTo("1girl, smile, solo, masterpiece");
    }

    [Fact]
    public void The_editor_sorts_without_a_finding()
    {
        var tree = SyntaxTree.Parse("smile, 1girl");
        Assert.Equal("1girl, smile", TextEdits.Apply("smile, 1girl", SectionSorter.Sort(tree, 0, Shipped.Delta, Shipped.Services)));
    }

    [Fact]
    public void Sorting_keeps_every_tag_with_its_weight()
    {
        string[] words =
        [
            "1girl", "smile", "masterpiece", "hatsune miku", "vocaloid", "wlop", "newest", "odd phrase", "solo", "(smile:1.2)", "[1boy]", "<lora:x:1>", ":3",
            "(", ")", "[", "]", ":1.3)", ", ", ", ", ", ", ", ", "\n", " BREAK ", " AND ", "# note\n", "# kohaku: disable=weak-tag\n", @"\(", "|", ":0.5]", "a:", "(masterpiece, ",
        ];
        Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[1, 24].Select(string.Concat).Sample(
            text =>
            {
                var tree = SyntaxTree.Parse(text, Options);
                var sorted = TextEdits.Apply(text, SectionSorter.Sort(tree, 0, Shipped.Delta, Shipped.Services));
                Assert.Equal(Said(tree), Said(SyntaxTree.Parse(sorted, Options)));
                Assert.Empty(SectionSorter.Sort(SyntaxTree.Parse(sorted, Options), 0, Shipped.Delta, Shipped.Services));
            },
            iter: 3000);
    }

    [Fact]
    public void A_hundred_thousand_tags_take_no_quadratic_time()
    {
        var text = string.Join(", ", Enumerable.Range(0, 100_000).Select(i => i % 2 == 0 ? "smile" : "1girl"));
        var linter = new Linter(Shipped.Delta, Shipped.Services, [RuleRegistry.All.Single(rule => rule is MisorderedSection)]);

        // Half of the tags are each other's opposite: all but the longest run in order is out of place. Were it quadratic, this would not end.
        Assert.InRange(linter.Diagnose(text).Count, 49_999, 50_000);
    }

    [Theory]
    [InlineData("(smile, ", "1girl")]
    [InlineData("(smile, 1girl, ", "solo")]
    [InlineData("(1girl, smile, (", "solo)")]
    public void Brackets_nested_by_the_thousand_neither_overflow_nor_explode(string opening, string core)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 4000)) + core + new string(')', 4000);
        foreach (var edit in SectionSorter.Sort(SyntaxTree.Parse(text), 0, Shipped.Delta, Shipped.Services))
            Assert.True(edit.NewText.Length < text.Length * 3, $"{edit.NewText.Length} characters");
    }

    private static ParseOptions Options { get; } = new(TextForm.Positive);

    private static List<string> Said(SyntaxTree tree)
    {
        var said = new List<string>();
        foreach (var piece in tree.Pieces) said.Add($"{piece.Region} {tree.Slice(piece.Span)}:{piece.Weight:0.####}");
        foreach (var mark in tree.Marks) said.Add($"{mark.Kind} {tree.Slice(mark.Span)}");
        foreach (var part in tree.Parts) said.Add($"part {part.Weight} {part.IsLiteral}");
        said.Sort(StringComparer.Ordinal);
        return said;
    }
}
