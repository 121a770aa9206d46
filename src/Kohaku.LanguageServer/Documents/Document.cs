using Kohaku.LanguageServer.Protocol;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Documents;

/// <summary>One version of an open document; never changed.</summary>
internal sealed class Document
{
    private const string FileDirective = "disable-file";

    private readonly PositionEncoding _encoding;
    private DocumentLines? _lines;

    private Document(string uri, string path, int? version, string text, PlacedPart[] parts, PositionEncoding encoding)
    {
        (Uri, Path, Version, Text, Parts, _encoding) = (uri, path, version, text, parts, encoding);
    }

    /// <summary>As the client names it.</summary>
    public string Uri { get; }

    /// <summary>As it is kept and compared: <see cref="DocumentPath"/>.</summary>
    public string Path { get; }

    /// <summary>The client's number; null for a file that is read from disk.</summary>
    public int? Version { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The prompts, in order; at least one.</summary>
    public PlacedPart[] Parts { get; }

    /// <summary>Its lines; found when first asked for.</summary>
    public DocumentLines Lines => _lines ??= new DocumentLines(Text, _encoding);

    /// <summary>Opens a text.</summary>
    public static Document Open(string uri, int? version, string text, PositionEncoding encoding) =>
        new(uri, DocumentPath.Of(uri), version, text, Divide(text, []), encoding);

    /// <summary>The document after changes, each upon what the one before left.</summary>
    public Document Change(int? version, IReadOnlyList<TextDocumentContentChangeEvent> changes)
    {
        var text = Text;
        var lines = _lines;
        foreach (var change in changes)
        {
            if (change.Range is { } range)
            {
                var span = (lines ?? new DocumentLines(text, _encoding)).Span(range);
                text = string.Concat(text.AsSpan(0, span.Start), change.Text, text.AsSpan(span.End));
            }
            else
            {
                text = change.Text;
            }

            lines = null;
        }

        return text == Text
            ? new Document(Uri, Path, version, Text, Parts, _encoding) { _lines = _lines }
            : new Document(Uri, Path, version, text, Divide(text, Parts), _encoding);
    }

    /// <summary>The part at an offset; on a line <c>---</c> the one before it.</summary>
    public PlacedPart PartAt(int offset)
    {
        var (low, high) = (0, Parts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Parts[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }

        return Parts[low];
    }

    /// <summary>The parts that share a place with a span.</summary>
    public IEnumerable<PlacedPart> PartsIn(TextSpan span) => Parts.Where(part => part.Start <= span.End && span.Start <= part.Span.End);

    // Parts before and behind an edit are the same texts as before: they keep what is known of them.
    private static PlacedPart[] Divide(string text, PlacedPart[] before)
    {
        // Such a comment reaches beyond its prompt, so the file is one part.
        IReadOnlyList<TextSpan> spans = text.Contains(FileDirective, StringComparison.OrdinalIgnoreCase) ? [new TextSpan(0, text.Length)] : PromptLibrary.Divide(text);
        var parts = new PlacedPart[spans.Count];
        var front = 0;
        while (front < parts.Length && front < before.Length && Same(spans[front], before[front])) front++;
        var back = 0;
        while (back < parts.Length - front && back < before.Length - front && Same(spans[^(back + 1)], before[^(back + 1)])) back++;

        var at = 0;
        var line = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var span = spans[i];
            line += LinesIn(text.AsSpan(at, span.Start - at));
            var part = i < front ? before[i].Part
                : i >= parts.Length - back ? before[i - parts.Length + before.Length].Part
                : new PromptPart(text.Substring(span.Start, span.Length));
            parts[i] = new PlacedPart(span.Start, line, part);
            at = span.Start;
        }

        return parts;

        bool Same(TextSpan span, PlacedPart old) => text.AsSpan(span.Start, span.Length).SequenceEqual(old.Part.Text);
    }

    private static int LinesIn(ReadOnlySpan<char> text)
    {
        var count = text.Count('\n');
        for (var at = text.IndexOf('\r'); at >= 0; at = Next(text, at))
            if (at + 1 == text.Length || text[at + 1] != '\n') count++;
        return count;

        static int Next(ReadOnlySpan<char> text, int at)
        {
            var next = text[(at + 1)..].IndexOf('\r');
            return next < 0 ? -1 : at + 1 + next;
        }
    }
}
