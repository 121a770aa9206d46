using CsCheck;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Formatting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Formatting;

public sealed class FormatterTests
{
    private static readonly Gen<string> Prompts = Gen.OneOf(
        Gen.OneOf<string>(
            "(", ")", "[", "]", ":", "|", ",", " , ", ",  ", "\\", "\\(", "<lora:a:1>", "#c", "\n", "\r\n", " BREAK ", " AND ", "---\n", "\nNegative prompt:", "\nSteps: 20,Seed:1",
            ":1.20)", " : 1.50 )", "[a:b:0.50]", "long  hair", "smile", "^_^", ":3", "  ", " ", "\t", "\u3000", "((", "))", "1999", ">:(", "<3", "&amp;", "，"),
        Gen.Char.Select(c => c.ToString())).Array[0, 24].Select(string.Concat);

    [Theory]
    [InlineData("1girl ,solo", "1girl, solo")]
    [InlineData("1girl,solo,  smile", "1girl, solo, smile")]
    [InlineData("long  hair", "long hair")]
    [InlineData("( smile , solo : 1.20 )", "(smile, solo:1.2)")]
    [InlineData("(smile:1.10)", "(smile:1.1)")]
    [InlineData("(smile:+.5)", "(smile:0.5)")]
    [InlineData("  1girl,  \n  solo  ", "1girl,\nsolo")]
    [InlineData("1girl, # keep  this\nsolo", "1girl, # keep  this\nsolo")]
    [InlineData("a\nNegative prompt:b ,c\nSteps:20 ,Seed:  1", "a\nNegative prompt: b, c\nSteps: 20, Seed: 1")]
    [InlineData("[a:b: 0.3 ]", "[a:b:0.3]")]
    [InlineData("smile,\r\nsolo ,a", "smile,\r\nsolo, a")]
    public void Blanks_commas_and_weights_have_one_form(string text, string expected) => Assert.Equal(expected, Format(text));

    [Fact]
    public void An_edit_that_would_give_other_tokens_is_dropped() => Assert.Equal("1girl, ^_^ , solo", Format("1girl , ^_^ ,  solo"));

    [Fact]
    public void What_the_generator_fails_on_stays() => Assert.Equal("1girl ,(a:1.2.3)", Format("1girl ,(a:1.2.3)"));

    [Theory]
    [InlineData("a\n --- \nb")]
    [InlineData("a\n  Negative prompt: b")]
    [InlineData("a\nCFG  scale: 3")]
    public void Text_does_not_become_structure(string text) => Assert.Equal(SyntaxTree.Parse(text).Sides.Length, SyntaxTree.Parse(Format(text)).Sides.Length);

    [Fact]
    public void Only_the_range_is_formatted() =>
        Assert.Equal("a ,b\nc, d", new Formatter(Shipped.Delta, Shipped.Services, Shipped.Tokenizer).Format("a ,b\nc ,d", range: TextSpan.FromBounds(5, 9)));

    [Theory]
    [InlineData("((smile)), solo", "(smile:1.21), solo")]
    [InlineData("(smile)", "(smile:1.1)")]
    [InlineData("((a), b)", "((a:1.1), b:1.1)")]
    [InlineData("((smile:1.2))", "(smile:1.32)")]
    [InlineData("a(((((( )a)a)a)a)a)", "a((((((:1.1)a:1.1)a:1.1)a:1.1)a:1.1)a:1.1)")]
    [InlineData("((x((smile))))", "(x(smile:1.21):1.21)")]
    public void Bare_brackets_get_their_number_on_request(string text, string expected) =>
        Assert.Equal(expected, Format(text, new FormatOptions(ExplicitWeights: true)));

    [Theory]
    [InlineData(",Negative prompt:(high quality):{\nNegative prompt:")]
    [InlineData("1girl,Negative prompt: smile\nNegative prompt: a")]
    public void A_section_that_reads_as_a_header_gets_no_line(string text) => Assert.Single(Format(text, new FormatOptions(LinePerSection: true)), '\n');

    [Fact]
    public void Each_section_gets_a_line_on_request() =>
        Assert.Equal(
            "1girl,\nhatsune miku,\nvocaloid,\nmasterpiece, newest,\nsmile, solo",
            Format("1girl, hatsune miku, vocaloid, masterpiece, newest, smile, solo", new FormatOptions(LinePerSection: true)));

    [Fact]
    public void A_section_s_line_ends_as_the_others_do() =>
        Assert.Equal("1girl,\r\nhatsune miku,\r\nsmile\r\n", Format("1girl, hatsune miku, smile\r\n", new FormatOptions(LinePerSection: true)));

    [Fact]
    public void Formatting_keeps_the_meaning() => Prompts.Sample(
        text =>
        {
            var formatted = Format(text);
            var (before, after) = (SyntaxTree.Parse(text), SyntaxTree.Parse(formatted));
            Assert.Equal(before.Sides.Length, after.Sides.Length);
            for (var i = 0; i < before.Sides.Length; i++)
            {
                var meaning = SideMeaning.Of(before, i, Shipped.Tokenizer);
                if (!meaning.Fails) Assert.Equal(meaning, SideMeaning.Of(after, i, Shipped.Tokenizer));
            }
        },
        iter: 1_000);

    [Fact]
    public void Formatting_twice_is_formatting_once() => Prompts.Sample(
        text =>
        {
            var once = Format(text);
            Assert.Equal(once, Format(once));
        },
        iter: 1_000);

    private static string Format(string text, FormatOptions? format = null) =>
        new Formatter(Shipped.With(format ?? new FormatOptions()), Shipped.Services, Shipped.Tokenizer).Format(text);
}
