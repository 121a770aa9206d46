using CsCheck;
using Kohaku.Syntax.Dynamic;
using Kohaku.Syntax.Tests.Meaning;

namespace Kohaku.Syntax.Tests.DynamicPrompts;

public sealed class DynamicPromptTests
{
    [Theory]
    [InlineData("{cat", 0, "the { is never closed")]
    [InlineData("<lora:a__b:1>", 7, "the wildcard is never closed")]
    [InlineData("a $b", 2, "a $ alone is not allowed where dynamic prompts are on")]
    [InlineData("100%", 3, "a % alone is not allowed where dynamic prompts are on")]
    [InlineData("__a", 0, "the wildcard is never closed")]
    [InlineData("__()__", 0, "the wildcard has no name")]
    [InlineData("__a(x=y__", 3, "the ( behind the wildcard's name is never closed")]
    [InlineData("__a(x=y)b__", 3, "the wildcard does not end behind its ( )")]
    [InlineData("{2$$ $ $$a|b}", 5, "a $ alone is not allowed where dynamic prompts are on")]
    [InlineData("%{a}", 3, "the wrapper has no $$ before what it wraps")]
    [InlineData("%{a$$b", 0, "the %{ is never closed")]
    [InlineData("${x=a|b}", 5, "a | stands outside of { }")]
    [InlineData("${1x=a}", 0, "${ has no name behind it")]
    [InlineData("${x y}", 0, "a variable's name is followed by =, ?=, : or }")]
    [InlineData("${x=a", 0, "the ${ is never closed")]
    [InlineData("${x", 0, "the ${ is never closed")]
    public void What_the_library_fails_on_is_an_error(string text, int offset, string message)
    {
        var error = DynamicPrompt.Parse(text).Errors[0];
        Assert.Equal((offset, message), (error.Span.Start, error.Message));
    }

    [Theory]
    [InlineData("{a|b}")]
    [InlineData("{2$$ and $$a|b}")]
    [InlineData("{1-2$$a|b|c}")]
    [InlineData("{-2$$a|b|c}")]
    [InlineData("{0.5::a|b}")]
    [InlineData("{~a|b}, {!a|b}, {@a|b}")]
    [InlineData("__dir/*__")]
    [InlineData("__~dir/*__")]
    [InlineData("__w(x=y)__")]
    [InlineData("${x=v}")]
    [InlineData("${x?=v} ${y=!{a|b}}")]
    [InlineData("${x:default}")]
    [InlineData("%{in a ... style$$inner}")]
    [InlineData("{|red}")]
    [InlineData("[a|b] [a:b:.25]")]
    [InlineData("Unmatched } bracket")]
    [InlineData("a # {comment")]
    [InlineData("")]
    public void What_the_library_reads_is_no_error(string text) => Assert.Empty(DynamicPrompt.Parse(text).Errors);

    [Fact]
    public void Pieces_stand_before_those_inside_them()
    {
        const string text = "a {2$$, $$0.5::b|__w(x=y)__} ${v:c}";
        var prompt = DynamicPrompt.Parse(text);
        Assert.Equal(
            [
                "Part 'a {2$$, $$0.5::b|__w(x=y)__} ${v:c}'",
                "Literal 'a '",
                "Variants '{2$$, $$0.5::b|__w(x=y)__}'",
                "Part 'b'",
                "Literal 'b'",
                "Part '__w(x=y)__'",
                "Wildcard '__w(x=y)__'",
                "Part 'w'",
                "Literal 'w'",
                "Assignment 'x=y'",
                "Part 'y'",
                "Literal 'y'",
                "Literal ' '",
                "Variable '${v:c}'",
                "Part 'c'",
                "Literal 'c'",
            ],
            prompt.Nodes.ToArray().Select(node => $"{node.Kind} '{text.AsSpan(node.Span.Start, node.Span.Length)}'"));
        Assert.Equal((2, 2, 0.5), (prompt.Nodes[2].Minimum, prompt.Nodes[2].Maximum, prompt.Nodes[3].Weight));
        Assert.True(prompt.IsDynamic);
        Assert.False(DynamicPrompt.Parse("[a|b]").IsDynamic);
    }

    [Fact]
    public void Any_text_is_read_with_its_pieces_in_order() =>
        AnyText.Any.Sample(text =>
        {
            var prompt = DynamicPrompt.Parse(text);
            for (var i = 0; i < prompt.Nodes.Length; i++)
            {
                var node = prompt.Nodes[i];
                Assert.InRange(node.Span.Start, i == 0 ? 0 : prompt.Nodes[i - 1].Span.Start, text.Length);
                Assert.InRange(node.Span.End, node.Span.Start, text.Length);
                Assert.InRange(node.End, i + 1, prompt.Nodes.Length);
            }

            Assert.All(prompt.Errors, error => Assert.InRange(error.Span.End, 1, text.Length));
        }, iter: 20_000);

    [Theory, MemberData(nameof(AnyText.Huge), MemberType = typeof(AnyText))]
    public void Long_and_deep_texts_are_read(string piece, int count)
    {
        var text = AnyText.Repeat(piece, count);
        Assert.True(DynamicPrompt.Parse(text).Nodes.Length > 1);
        Assert.NotNull(DynamicPrompt.Expand(text, 1, _ => null).Text);
    }
}
