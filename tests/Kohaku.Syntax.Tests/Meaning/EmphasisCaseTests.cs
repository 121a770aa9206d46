using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Tests.Meaning;

/// <summary>The numbered cases of the prompt language that are about emphasis.</summary>
public sealed class EmphasisCaseTests
{
    [Theory]
    [InlineData(1, "an (important) word", "an |1|important|1.1| word|1")]
    [InlineData(2, "(unbalanced", "unbalanced|1.1")]
    [InlineData(3, @"\(literal\]", "(literal]|1")]
    [InlineData(4, "(unnecessary)(parens)", "unnecessaryparens|1.1")]
    [InlineData(5, "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
        "a |1|house|1.573| |1.1|on|1| a |1.1|hill|0.55|, sun, |1.1|sky|1.4641|.|1.1")]
    [InlineData(6, "((a:1.2))", "a|1.32")]
    [InlineData(7, "(a:1.2, b", "a:1.2, b|1.1")]
    [InlineData(8, "(a:)", "a:|1.1")]
    [InlineData(9, "(a:1.2:1.3)", "a:1.2|1.3")]
    [InlineData(10, "(a: 1.2 )", "a|1.2")]
    [InlineData(10, "(a:.5)", "a|0.5")]
    [InlineData(10, "(a:+1.1)", "a|1.1")]
    [InlineData(10, "(a:-1)", "a|-1")]
    [InlineData(12, "(a:1,2)", "a:1,2|1.1")]
    [InlineData(14, "a)", "a)|1")]
    [InlineData(14, "a]", "a]|1")]
    [InlineData(15, "([a)]", "a|1")]
    [InlineData(16, "miku (vocaloid)", "miku |1|vocaloid|1.1")]
    [InlineData(17, "sonetto (reverse:1999)", "sonetto |1|reverse|1999")]
    [InlineData(18, @"(miku \(vocaloid\):1.2)", "miku (vocaloid)|1.2")]
    [InlineData(19, "a, >:(, b", "a, >:|1|, b|1.1")]
    [InlineData(20, "(smile, ;):1.2), c", "smile, ;|1.1|:1.2), c|1")]
    [InlineData(21, "(:3:1.2)", ":3|1.2")]
    [InlineData(22, @"\m/", "m/|1")]
    [InlineData(22, @"\\m/", @"\m/|1")]
    [InlineData(23, "a BREAK b", "a|1|BREAK|-1|b|1")]
    [InlineData(23, "aBREAKb", "aBREAKb|1")]
    [InlineData(24, "(a BREAK b:1.2)", "a|1.2|BREAK|-1.2|b|1.2")]
    [InlineData(25, "（a:1.2）", "（a:1.2）|1")]
    public void A1111_weighs(int number, string text, string expected)
    {
        _ = number;
        AssertRuns(expected, Attention.Of(text, Dialect.A1111));
    }

    [Fact]
    public void Case_11_is_what_A1111_fails_on()
    {
        var error = Attention.Of("x (a:1.2.3)", Dialect.A1111).Error;
        Assert.Equal(new AttentionError(new TextSpan(5, 5), "could not convert string to float: '1.2.3'"), error);
    }

    [Theory]
    [InlineData("((a:1.2))", "a|1.2")]
    [InlineData("((a:1.2) b:1.3)", "a|1.2| b|1.3")]
    [InlineData("((a))", "a|1.21")]
    [InlineData("[a] BREAK <lora:x:1> AND b", "[a] BREAK <lora:x:1> AND b|1")]
    [InlineData("(unbalanced", "(unbalanced|1")]
    [InlineData("a (b, (c:1.2)", "a |1|b, |1.2|(c|1.2")]
    [InlineData("a) (b:1.2)", "a) (b:1.2)|1")]
    [InlineData(@"\(a\) \[b\]", @"(a) \[b\]|1")]
    [InlineData("(a:1e1)", "a|10")]
    [InlineData("(a:inf)", "a|Infinity")]
    [InlineData("(a: 1_0 )", "a|10")]
    public void ComfyUI_weighs(string text, string expected) => AssertRuns(expected, Attention.Of(text, Dialect.ComfyUI));

    private static void AssertRuns(string expected, AttentionResult actual)
    {
        Assert.Null(actual.Error);
        var fields = expected.Split('|');
        Assert.Equal(fields.Length / 2, actual.Runs.Count);
        for (var i = 0; i < actual.Runs.Count; i++)
        {
            Assert.Equal(fields[2 * i], actual.Runs[i].Text);
            var weight = double.Parse(fields[(2 * i) + 1], System.Globalization.CultureInfo.InvariantCulture);
            if (double.IsInfinity(weight))
                Assert.Equal(weight, actual.Runs[i].Weight);
            else
                Assert.Equal(weight, actual.Runs[i].Weight, 1e-12);
        }
    }
}
