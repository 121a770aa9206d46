using Kohaku.Files;
using Kohaku.Syntax;

namespace Kohaku.Cli.Reporters;

/// <summary>A prompt in its host: findings are shown where they stand in the file.</summary>
internal sealed class HostSource(HostDocument document, HostText text) : ISource
{
    public string Path => document.File.Path;

    public Place Locate(TextSpan span)
    {
        var start = document.Locate(text, span.Start);
        var end = document.Locate(text, span.End);
        return new Place(start.Line, start.Column, end.Line, end.Column);
    }

    public ReadOnlySpan<char> Line(int number)
    {
        var span = document.File.Lines.Line(number);
        return document.File.Text.AsSpan(span.Start, span.Length);
    }

    public ReadOnlySpan<char> Text(TextSpan span) => text.Text.AsSpan(span.Start, span.Length);
}
