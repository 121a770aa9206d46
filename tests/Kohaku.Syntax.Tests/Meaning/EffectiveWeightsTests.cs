using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Tests.Meaning;

public sealed class EffectiveWeightsTests
{
    [Theory]
    [InlineData("an (important) word", "an |important|1.1| word")]
    [InlineData("(a <lora:x:1> b:1.2)", "a |1.2| b|1.2")]
    [InlineData("(a AND b) c", "a|1.1| b|)| c")]
    [InlineData("([a:b:3]:1.2)", "a|1.2|b|1.2")]
    [InlineData("[a|(b:1.1)]", "a|b|1.1")]
    [InlineData("a BREAK b", "a|BREAK|-1|b")]
    [InlineData("[x|BREAK|y]", "x|BREAK|-1|y")]
    [InlineData(@"\(a\)", "(|a|)")]
    public void Each_stretch_of_the_prompt_has_its_weight(string text, string expected)
    {
        var weights = new EffectiveWeights();
        weights.Read(text, Dialect.A1111);
        var shown = weights.Runs.ToArray().Select(run => $"{text.AsSpan(run.Start, run.Length)}{(run.Weight == 1 ? "" : $"|{run.Weight}")}");
        Assert.Equal(expected, string.Join('|', shown));
    }

    [Fact]
    public void What_is_no_text_has_no_weight()
    {
        var weights = new EffectiveWeights();
        weights.Read("(a:1.2) b", Dialect.A1111);
        Assert.Equal([null, 1.2, null, 1.0], new[] { 0, 1, 2, 8 }.Select(weights.At));
    }

    [Fact]
    public void An_error_stands_where_the_prompt_has_it()
    {
        var weights = new EffectiveWeights();
        weights.Read("<lora:x:1> AND [c|(a:1.2.3)]", Dialect.A1111);
        Assert.Equal(new TextSpan(21, 5), weights.Error?.Span);
    }
}
