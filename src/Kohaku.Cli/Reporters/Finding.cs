using Kohaku.Analysis;
using Kohaku.Syntax;

namespace Kohaku.Cli.Reporters;

/// <summary>A place in a file: lines and columns from 1, columns in UTF-16 units.</summary>
/// <param name="Line">Line of the first unit.</param>
/// <param name="Column">Column of the first unit.</param>
/// <param name="EndLine">Line of the place behind the last unit.</param>
/// <param name="EndColumn">Column of the place behind the last unit.</param>
internal readonly record struct Place(int Line, int Column, int EndLine, int EndColumn);

/// <summary>A file as its findings show it: a name, lines, and where a span of the linted text lies in it.</summary>
internal interface ISource
{
    /// <summary>As reports name it: as it was given, with <c>/</c>; in an image <c>x.png#parameters</c>.</summary>
    public string Path { get; }

    /// <summary>Where a span of the linted text lies.</summary>
    public Place Locate(TextSpan span);

    /// <summary>The text of a line, without its end.</summary>
    /// <param name="number">From 1.</param>
    public ReadOnlySpan<char> Line(int number);

    /// <summary>The linted text under a span: what a fix replaces.</summary>
    public ReadOnlySpan<char> Text(TextSpan span);
}

/// <summary>A diagnostic with the file that it stands in.</summary>
/// <param name="Source">The file.</param>
/// <param name="Diagnostic">What was found; spans are of the linted text.</param>
internal readonly record struct Finding(ISource Source, Diagnostic Diagnostic)
{
    /// <summary>Where it stands.</summary>
    public Place Place => Source.Locate(Diagnostic.Span);

    /// <summary>The fix that comes first, if there is one.</summary>
    public Fix? Fix => Diagnostic.Fixes.Count > 0 ? Diagnostic.Fixes[0] : null;
}

/// <summary>A file that could not be linted, or not wholly.</summary>
/// <param name="Path">As reports name it.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Line">Where, from 1; null for the whole file.</param>
/// <param name="Column">From 1; null for the whole line.</param>
internal sealed record Failure(string Path, string Message, int? Line = null, int? Column = null)
{
    /// <summary><c>path:line:column</c>, with as much as is known.</summary>
    public string Place => Line is null ? Path : Column is null ? $"{Path}:{Line}" : $"{Path}:{Line}:{Column}";
}
