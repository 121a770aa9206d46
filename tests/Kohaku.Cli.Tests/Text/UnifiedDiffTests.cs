using CsCheck;
using Kohaku.Cli.Text;

namespace Kohaku.Cli.Tests.Text;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void The_same_text_has_no_difference() => Assert.Equal("", UnifiedDiff.Of("a", "x\n", "x\n"));

    [Fact]
    public void Three_lines_stand_around_a_change() =>
        Assert.Equal(
            "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
            UnifiedDiff.Of("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"));

    [Fact]
    public void A_last_line_without_an_end_says_so() =>
        Assert.Equal("--- a\n+++ a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n", UnifiedDiff.Of("a", "x", "y"));

    [Fact]
    public void A_new_text_begins_at_line_0() => Assert.Equal("--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n", UnifiedDiff.Of("a", "", "x\n"));

    [Theory]
    [InlineData("a b", "a b\t")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("a\tb", "\"a\\011b\"")]
    [InlineData("\"a", "\"\\\"a\"")]
    [InlineData("a\n--- /etc/passwd\\", "\"a\\012--- /etc/passwd\\\\\"")]
    public void A_name_stays_on_its_line(string path, string written) =>
        Assert.StartsWith($"--- {written}\n+++ {written}\n@@ ", UnifiedDiff.Of(path, "x\n", "y\n"), StringComparison.Ordinal);

    [Fact]
    public void Carriage_returns_are_part_of_their_lines() =>
        Assert.Contains("-x\r\n+y\r\n", UnifiedDiff.Of("a", "x\r\n", "y\r\n"), StringComparison.Ordinal);

    [Fact]
    public void A_difference_of_a_hundred_thousand_lines_is_made()
    {
        var before = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n"));
        var after = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{-i}\n"));
        var difference = UnifiedDiff.Of("a", before, after);

        Assert.Contains("\n-99999\n", difference, StringComparison.Ordinal);
        Assert.Contains("\n+-99999\n", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_removed_and_added_makes_the_new_text_of_the_old()
    {
        string[] lineOf = ["a\n", "b\n", "c\n", "d\r\n", "\n"];
        var line = Gen.Int[0, lineOf.Length - 1].Select(i => lineOf[i]);
        var text = Gen.Select(line.Array[0, 30], Gen.Bool, (lines, hasEnd) => string.Concat(lines) + (hasEnd ? "end" : ""));
        Gen.Select(text, text).Sample((before, after) => Patched(before, UnifiedDiff.Of("a", before, after)) == after, iter: 2000);
    }

    // A patch of our own, as strict as the format: context and removed lines must be the old text's.
    private static string Patched(string before, string diff)
    {
        if (diff.Length == 0) return before;

        var old = Lines(before);
        var result = new List<string>();
        var at = 0;
        var lines = Lines(diff).Skip(2).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                var range = line.Split(' ')[1][1..].Split(',');
                var start = int.Parse(range[0]);
                var length = range.Length > 1 ? int.Parse(range[1]) : 1;
                while (at < (length == 0 ? start : start - 1)) result.Add(old[at++]);
                continue;
            }

            if (line[0] == '\\') continue;

            var text = line[1..];
            if (i + 1 < lines.Count && lines[i + 1][0] == '\\') text = text.TrimEnd('\n');
            if (line[0] != '+') Assert.Equal(old[at++], text);
            if (line[0] != '-') result.Add(text);
        }

        result.AddRange(old.Skip(at));
        return string.Concat(result);
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
