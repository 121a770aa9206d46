using Kohaku.Syntax;

namespace Kohaku.Cli.Reporters;

/// <summary>A file that is linted as it is: its text and its lines.</summary>
internal sealed class PlainSource(string path, string text) : ISource
{
    // Offsets at which lines begin; made at the first finding, since most files have none.
    private List<int>? _starts;

    public string Path { get; } = path;

    private List<int> Starts => _starts ??= StartsOf(text);

    public Place Locate(TextSpan span)
    {
        var line = LineAt(span.Start);
        var endLine = LineAt(span.End);
        return new Place(line + 1, span.Start - Starts[line] + 1, endLine + 1, span.End - Starts[endLine] + 1);
    }

    public ReadOnlySpan<char> Line(int number)
    {
        var start = Starts[number - 1];
        var end = number < Starts.Count ? Starts[number] : text.Length;
        return text.AsSpan(start, end - start).TrimEnd("\r\n");
    }

    public ReadOnlySpan<char> Text(TextSpan span) => text.AsSpan(span.Start, span.Length);

    private static List<int> StartsOf(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) starts.Add(i + 1);
        }

        return starts;
    }

    private int LineAt(int offset)
    {
        var index = Starts.BinarySearch(offset);
        return index >= 0 ? index : ~index - 1;
    }
}
