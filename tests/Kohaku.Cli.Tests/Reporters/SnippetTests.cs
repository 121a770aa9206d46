using Kohaku.Cli.Reporters;

namespace Kohaku.Cli.Tests.Reporters;

public sealed class SnippetTests
{
    [Theory]
    [InlineData("smile, hat", "hat", "       ^^^")]
    [InlineData("初音, hat", "hat", "      ^^^")]
    [InlineData("\that", "hat", "    ^^^")]
    [InlineData("a\that", "hat", "    ^^^")]
    [InlineData("e\u0301e\u0301, hat", "hat", "    ^^^")]
    [InlineData("👩‍🎨, hat", "hat", "    ^^^")]
    [InlineData("hat, 初音", "初音", "     ^^^^")]
    [InlineData("a\u0007, hat", "hat", "    ^^^")]
    [InlineData("🇯🇵 hat", "hat", "   ^^^")]
    [InlineData("❤️, hat", "hat", "    ^^^")]
    public void Carets_stand_under_what_was_found(string line, string found, string carets)
    {
        var at = line.IndexOf(found, StringComparison.Ordinal);
        var snippet = Snippet.Of(line, at, at + found.Length, 80, unicode: true);

        Assert.Equal(carets, new string(' ', snippet.Column) + new string('^', snippet.Length));
    }

    [Fact]
    public void A_long_line_is_cut_on_both_sides()
    {
        var line = string.Concat(Enumerable.Repeat("smile, ", 30)) + "HAT" + string.Concat(Enumerable.Repeat(", smile", 30));
        var snippet = Snippet.Of(line, 210, 213, 60, unicode: true);

        Assert.StartsWith("…", snippet.Text, StringComparison.Ordinal);
        Assert.EndsWith("…", snippet.Text, StringComparison.Ordinal);
        Assert.Equal(60, snippet.Text.Length);
        Assert.Equal("HAT", snippet.Text.Substring(snippet.Column, snippet.Length));
    }

    [Fact]
    public void A_finding_at_the_beginning_of_a_long_line_keeps_the_beginning()
    {
        var snippet = Snippet.Of("HAT" + new string('x', 500), 0, 3, 60, unicode: true);

        Assert.StartsWith("HATx", snippet.Text, StringComparison.Ordinal);
        Assert.Equal(60, snippet.Text.Length);
        Assert.Equal(0, snippet.Column);
    }

    [Fact]
    public void A_finding_at_the_end_of_a_long_line_keeps_the_end()
    {
        var snippet = Snippet.Of(new string('x', 500) + "HAT", 500, 503, 60, unicode: true);

        Assert.EndsWith("xHAT", snippet.Text, StringComparison.Ordinal);
        Assert.Equal("HAT", snippet.Text.Substring(snippet.Column, snippet.Length));
    }

    [Fact]
    public void A_finding_in_a_line_of_ten_million_characters_is_shown()
    {
        var line = new string('x', 5_000_000) + "HAT" + new string('y', 5_000_000);
        var snippet = Snippet.Of(line, 5_000_000, 5_000_003, 60, unicode: true);

        Assert.Equal("HAT", snippet.Text.Substring(snippet.Column, snippet.Length));
        Assert.True(snippet.Text.Length <= 60);
    }

    [Fact]
    public void A_finding_wider_than_the_page_is_cut_with_its_carets()
    {
        var snippet = Snippet.Of(new string('x', 500), 0, 500, 60, unicode: true);

        Assert.Equal(60, snippet.Text.Length);
        Assert.True(snippet.Column + snippet.Length <= 60);
    }

    [Fact]
    public void A_place_behind_the_last_character_has_one_caret()
    {
        var snippet = Snippet.Of("smile", 5, 5, 60, unicode: true);

        Assert.Equal((5, 1), (snippet.Column, snippet.Length));
    }

    [Fact]
    public void An_escape_sequence_in_a_file_never_reaches_the_terminal() =>
        Assert.DoesNotContain('\e', Sample.Full("smile, \e[31mhat", "hat"));
}
