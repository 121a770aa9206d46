using Kohaku.Analysis.Completion;
using Kohaku.Analysis.Fixes;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Completion;

public sealed class PlaceReaderTests
{
    [Theory]
    [InlineData("__a", 2)]
    [InlineData("a, __b__ c", 6)]
    [InlineData("a __b", 5)]
    public void The_word_of_a_wildcard_is_what_is_replaced(string text, int offset)
    {
        var place = PlaceReader.At(SyntaxTree.Parse(text), offset);
        Assert.Equal(PlaceKind.Wildcard, place.Kind);
        Assert.InRange(place.Word.Start, place.Span.Start, place.Span.End);
        Assert.Equal(place.Span.End, place.Word.End);
    }

    [Theory]
    [InlineData("a(a\n)", 3, "a(a")]
    [InlineData("a(a )", 3, "a(a )")]
    public void A_name_and_its_series_stand_on_one_line(string text, int offset, string replaced)
    {
        var tree = SyntaxTree.Parse(text);
        Assert.Equal(replaced, tree.Slice(PlaceReader.At(tree, offset).Joined!.Span).ToString());
    }

    [Theory]
    [InlineData("---", 0, "smile\n---")]
    [InlineData("---", 3, "---\nsmile")]
    [InlineData("a\r\n---", 6, "a\r\n---\r\nsmile")]
    [InlineData("Negative prompt: b", 0, "smile\nNegative prompt: b")]
    [InlineData("Steps: 20, Seed: 1", 5, "smile\nSteps: 20, Seed: 1")]
    public void A_tag_put_in_keeps_a_separator_a_header_and_parameters_on_their_lines(string text, int offset, string expected)
    {
        var tree = SyntaxTree.Parse(text);
        var place = PlaceReader.ForInsertion(tree, offset);
        Assert.Equal(expected, TextEdits.Apply(text, [new TextEdit(place.Span, TagInsertion.Text(tree, place, "smile"))]));
    }
}
