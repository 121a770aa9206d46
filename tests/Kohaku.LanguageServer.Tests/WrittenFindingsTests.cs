using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Protocol;

namespace Kohaku.LanguageServer.Tests;

public sealed class WrittenFindingsTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("`\"line\":7` is text")]
    public void They_are_read_as_they_were_written_at_another_line(string message)
    {
        var written = WrittenFindings.Of([Finding(3, message), Finding(12, message)]);
        var read = written.Read(995);
        Assert.Equal(2, written.Count);
        Assert.Equal([998, 1007], read.Select(finding => finding.Range.Start.Line));
        Assert.Equal([1000, 1009], read.Select(finding => finding.Data!.Fixes[0].Edits[0].Range.End.Line));
        Assert.All(read, finding => Assert.Equal(message, finding.Message));
    }

    [Fact]
    public void Half_an_emoji_is_read_as_it_was_written() =>
        Assert.Equal("half: \uD83D", Assert.Single(WrittenFindings.Of([Finding(0, "half: \uD83D")]).Read(0)).Message);

    [Fact]
    public void Halves_of_emojis_differ() => Assert.NotEqual(ContentHash.Of("\uD83D"), ContentHash.Of("\uDE00"));

    [Fact]
    public void None_are_none() => Assert.Empty(WrittenFindings.Of([]).Read(5));

    [Theory]
    [InlineData("", "\0")]
    [InlineData("a", "b")]
    [InlineData("abcd", "abcd\0")]
    [InlineData("abcdefgh", "efghabcd")]
    [InlineData("abcdefghi", "abcdefgh")]
    public void Different_texts_have_different_names(string left, string right)
    {
        Assert.NotEqual(ContentHash.Of(left), ContentHash.Of(right));
        Assert.Equal(ContentHash.Of(left), ContentHash.Of(new string(left.AsSpan())));
    }

    [Fact]
    public void Every_unit_of_a_text_counts()
    {
        var text = new string('a', 61);
        var names = Enumerable.Range(0, text.Length).Select(i => ContentHash.Of(text.Remove(i, 1).Insert(i, "b"))).Append(ContentHash.Of(text));
        Assert.Equal(62, names.Distinct().Count());
    }

    private static Diagnostic Finding(int line, string message) => new()
    {
        Range = new(new Position(line, 0), new Position(line, 4)),
        Severity = 2,
        Code = "KHK001",
        Source = "kohaku",
        Message = message,
        Data = new DiagnosticData("rule", [new DiagnosticFix("Fix", 2, [new TextEdit(new(new Position(line, 0), new Position(line + 2, 4)), message)])]),
    };
}
