using CsCheck;

namespace Kohaku.Files.Tests;

public sealed class LineMapTests
{
    [Theory]
    [InlineData("", 0, 1, 1)]
    [InlineData("a\nb", 2, 2, 1)]
    [InlineData("a\r\nb", 3, 2, 1)]
    [InlineData("a\rb", 2, 2, 1)]
    [InlineData("a\n\r\nb", 4, 3, 1)]
    [InlineData("a\n", 2, 2, 1)]
    [InlineData("a\u2028b\u000Bc\u0085d", 6, 1, 7)]
    [InlineData("\U0001F600b", 2, 1, 3)]
    public void A_place_is_line_and_column_from_one(string text, int offset, int line, int column) =>
        Assert.Equal(new LinePosition(line, column), new LineMap(text).Position(offset));

    [Fact]
    public void A_line_is_given_without_its_end()
    {
        var lines = new LineMap("ab\r\n\rc\n");
        Assert.Equal([(0, 2), (4, 0), (5, 1), (7, 0)], Enumerable.Range(1, lines.Count).Select(lines.Line).Select(span => (span.Start, span.Length)));
    }

    [Fact]
    public void Every_offset_comes_back() => Gen.String[Gen.Char["ab\r\n"], 0, 20].Sample(text =>
    {
        var lines = new LineMap(text);
        for (var offset = 0; offset <= text.Length; offset++)
        {
            var place = lines.Position(offset);
            if (place.Column - 1 <= lines.Line(place.Line).Length && lines.Offset(place) != offset) return false;
        }

        return true;
    });
}
