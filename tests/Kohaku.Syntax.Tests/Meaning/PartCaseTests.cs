using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Tests.Meaning;

/// <summary>The numbered cases of the prompt language that are about editing, alternation, <c>AND</c> and networks, over ten steps.</summary>
public sealed class PartCaseTests
{
    [Theory]
    [InlineData(13, "[a:1.2]", "10|")]
    [InlineData(13, "[a:0]", "10|a")]
    [InlineData(26, "a [b:3]", "3|a |10|a b")]
    [InlineData(27, "a [b:.5] c", "5|a  c|10|a b c")]
    [InlineData(29, "a [b : c : 1] d", "1|a b  d|10|a  c  d")]
    [InlineData(30, "a[b:[c:d:2]:1]e", "1|abe|2|ace|10|ade")]
    [InlineData(31, "[(a:2):3]", "3||10|(a:2)")]
    [InlineData(32, "[a|(b:1.1)]", "1|a|2|(b:1.1)|3|a|4|(b:1.1)|5|a|6|(b:1.1)|7|a|8|(b:1.1)|9|a|10|(b:1.1)")]
    [InlineData(33, "[fe|]male", "1|female|2|male|3|female|4|male|5|female|6|male|7|female|8|male|9|female|10|male")]
    [InlineData(33, "[fe|||]male", "1|female|2|male|3|male|4|male|5|female|6|male|7|male|8|male|9|female|10|male")]
    [InlineData(34, "a [unbalanced", "10|a [unbalanced")]
    [InlineData(35, "((a][:b:c [d:3]", "3|((a][:b:c |10|((a][:b:c d")]
    public void A_schedule_changes_the_text(int number, string text, string expected)
    {
        _ = number;
        Assert.Equal(expected, string.Join('|', PromptSchedule.Of(text, 10).Select(entry => $"{entry.Until}|{entry.Text}")));
    }

    [Theory]
    [InlineData(7, "(a:1.2", "(a|1.2")]
    [InlineData(36, "a :1.2 AND b:0.5", "a|1.2| b|0.5")]
    [InlineData(37, "LAND a", "LAND a|1")]
    [InlineData(37, "a AND", "a|1||1")]
    [InlineData(38, "1girl, :3", "1girl,|3")]
    [InlineData(38, "sonetto, reverse:1999", "sonetto, reverse|1999")]
    [InlineData(38, "sonetto, reverse:1999,", "sonetto, reverse:1999,|1")]
    public void A_part_has_the_weight_at_its_end(int number, string text, string expected)
    {
        _ = number;
        Assert.Equal(expected, string.Join('|', Composition.Split(text).Select(part => $"{part.Text}|{part.Weight}")));
    }

    [Fact]
    public void Case_40_takes_the_network_and_leaves_an_empty_group()
    {
        var meaning = PromptMeaning.Of("(<lora:x:0.8>:1.2)", Dialect.A1111, 10);
        var network = Assert.Single(meaning.Networks);
        Assert.Equal(("lora", "x:0.8", new TextSpan(1, 12)), (network.Kind, string.Join(':', network.Arguments), network.Span));
        Assert.Equal("(:1.2)", meaning.Parts[0].Text);
        Assert.Equal([new WeightedText("", 1)], meaning.Parts[0].Schedule[0].Runs);
    }

    [Fact]
    public void Case_13_appears_in_a_hires_pass() =>
        Assert.Equal(
            [new ScheduledText(1, ""), new ScheduledText(10, "a")],
            PromptSchedule.OfHires("[a:1.2]", 20, 10));

    [Fact]
    public void Whole_numbers_lose_the_first_pass_in_a_hires_pass() =>
        Assert.Equal(
            [new ScheduledText(3, "a"), new ScheduledText(10, "b")],
            PromptSchedule.OfHires("[a:b:23]", 20, 10));

    [Theory]
    [InlineData("|_|, [a:b:3]", 0)]
    [InlineData("[a:b:3], {c|d}", 11)]
    [InlineData(@"[a:b:3] \", 8)]
    [InlineData("[a:b:3] \\\nc", 8)]
    [InlineData("[a|b:3]", 2)]
    [InlineData("(a|b) [c|d]", 2)]
    public void A_bar_outside_an_alternation_or_a_lone_backslash_makes_the_part_literal(string text, int offset)
    {
        var structure = ScheduleStructure.Parse(text);
        Assert.Equal(offset, structure.ErrorOffset);
        Assert.True(structure.IsLiteral);
        Assert.Equal([new ScheduledText(10, text)], PromptSchedule.Of(text, 10));
    }

    [Fact]
    public void Brackets_are_known_by_their_places()
    {
        const string text = "x [a:[b|c]: 3 ] [d:e]";
        var structure = ScheduleStructure.Parse(text);
        Assert.Equal(2, structure.Brackets.Length);
        var editing = structure.Brackets[0];
        Assert.Equal(ScheduleKind.Editing, editing.Kind);
        Assert.Equal("[a:[b|c]: 3 ]", Cut(editing.Span));
        Assert.Equal(["a", "[b|c]"], structure.OptionsOf(editing).ToArray().Select(Cut));
        Assert.Equal(("3", 3.0, false, true), (Cut(editing.WhenSpan), editing.When, editing.IsFraction, editing.HasFrom));
        Assert.Equal(["b", "c"], structure.OptionsOf(structure.Brackets[1]).ToArray().Select(Cut));

        string Cut(TextSpan span) => text.Substring(span.Start, span.Length);
    }

    [Fact]
    public void Brackets_are_known_even_where_an_error_makes_them_literal()
    {
        var structure = ScheduleStructure.Parse("|_|, [a:b:3]");
        Assert.Equal(new TextSpan(5, 7), Assert.Single(structure.Brackets.ToArray()).Span);
    }

    [Fact]
    public void A_negative_prompt_keeps_its_networks_and_its_AND()
    {
        var meaning = PromptMeaning.Of("a <lora:x:1> AND b:2", Dialect.A1111, 10, isNegative: true);
        Assert.Empty(meaning.Networks);
        var part = Assert.Single(meaning.Parts);
        Assert.Equal(("a <lora:x:1> AND b:2", 1.0), (part.Text, part.Weight));
    }

    [Fact]
    public void A_place_in_the_text_without_networks_leads_back()
    {
        var networks = Networks.Extract("a <lora:x:1>b<lora:y:1>");
        Assert.Equal("a b", networks.Text);
        Assert.Equal(new TextSpan(12, 1), networks.ToSource(new TextSpan(2, 1)));
        Assert.Equal(new TextSpan(0, 13), networks.ToSource(new TextSpan(0, 3)));
    }
}
