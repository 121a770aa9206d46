using CsCheck;
using Kohaku.Syntax.Dynamic;
using Kohaku.Syntax.Tests.Meaning;

namespace Kohaku.Syntax.Tests.DynamicPrompts;

public sealed class DynamicExpansionTests
{
    private static readonly Dictionary<string, string[]> Wildcards = new()
    {
        ["colour"] = ["red", "blue"],
        ["heavy"] = ["0::never", "1::always"],
        ["nested"] = ["{x|y} __colour__"],
        ["loop"] = ["a __loop__"],
        ["with"] = ["${c:plain} coat"],
        ["broken"] = ["50%"],
        ["three"] = ["a", "b", "c"],
    };

    [Theory]
    [InlineData("{a|b}", "a", "b")]
    [InlineData("{2$$a|b}", "a,b", "b,a")]
    [InlineData("{2$$ and $$a|b}", "a and b", "b and a")]
    [InlineData("{0-1$$a|b}", "", "a", "b")]
    [InlineData("{1-$$a|b}", "a", "b", "a,b", "b,a")]
    [InlineData("{9$$a|b}", "a,b", "b,a")]
    [InlineData("{0::a|1::b}", "b")]
    [InlineData("{|red} x", " x", "red x")]
    [InlineData("{a|{b|c}}", "a", "b", "c")]
    [InlineData("__colour__ hair", "red hair", "blue hair")]
    [InlineData("__heavy__", "always")]
    [InlineData("__nested__", "x red", "x blue", "y red", "y blue")]
    [InlineData("{2$$__colour__}", "red,blue", "blue,red")]
    [InlineData("__with(c=green)__", "green coat")]
    [InlineData("__with__", "plain coat")]
    [InlineData("__broken__", "50%")]
    [InlineData("__{colour|heavy}__", "red", "blue", "always")]
    [InlineData("${c=a}x ${c}", "x a")]
    [InlineData("${c} ${c=late}", "late ")]
    [InlineData("${c=!{a|b}}${c}${c}", "aa", "bb")]
    [InlineData("${c={a|b}}${c}${c}", "aa", "ab", "ba", "bb")]
    [InlineData("${c=a}${c?=b}${c}", "a")]
    [InlineData("${c:b}", "b")]
    [InlineData("%{in the style of ..., best$$Mucha}", "in the style of Mucha, best")]
    [InlineData("%{x…y$${a|b}}", "xay", "xby")]
    [InlineData("[a|b] [a:b:.25]", "[a|b] [a:b:.25]")]
    [InlineData("a # comment", "a ")]
    public void A_prompt_becomes_each_of_its_texts_and_no_other(string text, params string[] expected)
    {
        var made = new SortedSet<string>(StringComparer.Ordinal);
        for (var seed = 0UL; seed < 200; seed++)
        {
            var expansion = Expand(text, seed);
            Assert.Empty(expansion.Errors);
            made.Add(expansion.Text);
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), made);
    }

    [Fact]
    public void Combinatorial_choices_come_in_their_order() =>
        Assert.Equal(
            ["a", "b", "c", "a,b", "a,c", "b,a", "b,c", "c,a", "c,b", "a"],
            Enumerable.Range(0, 10).Select(index => DynamicPrompt.Expand("{!1-2$$a|b|c}", 1, Lines, index).Text));

    [Fact]
    public void Cyclical_choices_go_round() =>
        Assert.Equal(
            ["a x", "b x", "c x", "a x"],
            Enumerable.Range(0, 4).Select(index => DynamicPrompt.Expand("__@three__ x", 1, Lines, index).Text));

    [Fact]
    public void Weights_are_how_often_an_option_comes()
    {
        var count = Enumerable.Range(0, 2000).Count(seed => Expand("{3::a|b}", (ulong)seed).Text == "a");
        Assert.InRange(count, 1400, 1600);
    }

    [Fact]
    public void The_same_seed_gives_the_same_text_on_every_machine() =>
        Assert.Equal("d i,j b", Expand("{a|b|c|d|e|f|g|h} {2$$i|j|k|l} __three__", 42).Text);

    [Theory]
    [InlineData("__none__", "__none__", "no wildcard is named none")]
    [InlineData("${none}", "", "no variable is named none")]
    [InlineData("${c=${c}}${c}", "", "the variable c holds itself")]
    [InlineData("{cat", "{cat", "the { is never closed")]
    public void What_cannot_be_expanded_is_said(string text, string expected, string message)
    {
        var expansion = Expand(text, 1);
        Assert.Equal((expected, message), (expansion.Text, Assert.Single(expansion.Errors).Message));
    }

    [Fact]
    public void A_wildcard_that_holds_itself_ends() => Assert.Equal("the wildcard loop holds itself", Assert.Single(Expand("__loop__", 1).Errors).Message);

    [Fact]
    public void What_grows_without_end_is_cut()
    {
        var expansion = DynamicPrompt.Expand("__a__", 1, _ => ["__a__ __a__ __a__"]);
        Assert.Contains(expansion.Errors, error => error.Message == "the wildcard a holds itself" || error.Message == "the prompt grows without end");
    }

    [Fact]
    public void Any_text_expands() =>
        AnyText.Any.Sample(text => Assert.NotNull(DynamicPrompt.Expand(text, 7, name => name == "a" ? ["x", "${x}", "__a__"] : null).Text), iter: 10_000);

    private static DynamicExpansion Expand(string text, ulong seed) => DynamicPrompt.Expand(text, seed, Lines);

    private static IReadOnlyList<string>? Lines(string name) => Wildcards.GetValueOrDefault(name);
}
