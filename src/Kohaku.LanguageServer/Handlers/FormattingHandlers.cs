using Kohaku.Analysis.Editing;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/formatting</c>.</summary>
internal sealed class FormattingHandler : IBackgroundHandler<TextDocumentParams, TextEdit[]>
{
    /// <inheritdoc/>
    public TextEdit[] Handle(Snapshot snapshot, TextDocumentParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        return WorkspaceEdits.Places(document, DocumentEdits.Formatted(snapshot, document, [DocumentEdits.Whole(document)], cancel));
    }
}

/// <summary><c>textDocument/rangeFormatting</c>.</summary>
internal sealed class RangeFormattingHandler : IBackgroundHandler<TextDocumentRangeParams, TextEdit[]>
{
    /// <inheritdoc/>
    public TextEdit[] Handle(Snapshot snapshot, TextDocumentRangeParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        return WorkspaceEdits.Places(document, DocumentEdits.Formatted(snapshot, document, [document.Lines.Span(request.Range)], cancel));
    }
}

/// <summary><c>textDocument/rangesFormatting</c>.</summary>
internal sealed class RangesFormattingHandler : IBackgroundHandler<TextDocumentRangesParams, TextEdit[]>
{
    /// <inheritdoc/>
    public TextEdit[] Handle(Snapshot snapshot, TextDocumentRangesParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        return WorkspaceEdits.Places(document, DocumentEdits.Formatted(snapshot, document, Array.ConvertAll(request.Ranges, document.Lines.Span), cancel));
    }
}

/// <summary>
/// <c>textDocument/onTypeFormatting</c>: a comma takes the blanks before it away and puts one behind. Whoever types that blank as well gets one, not two.
/// </summary>
internal sealed class OnTypeFormattingHandler : IBackgroundHandler<OnTypeFormattingParams, TextEdit[]>
{
    /// <inheritdoc/>
    public TextEdit[]? Handle(Snapshot snapshot, OnTypeFormattingParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var at = document.Lines.Offset(request.Position);
        var isBlank = request.Ch == " ";
        var comma = isBlank ? at - 3 : at - 1;
        if (comma < 0 || document.Text[comma] != ',' || (isBlank && document.Text.AsSpan(comma + 1, 2) is not "  ")) return null;

        using var reading = PartReading.At(snapshot, document, comma);
        if (!IsComma(reading.Tree, comma - reading.Part.Start) || PromptEdits.IsRefused(reading.Tree, reading.Bench.Reader, comma - reading.Part.Start)) return null;

        var text = document.Text;
        var isLineEnd = at == text.Length || text[at] is '\n' or '\r';
        if (isBlank) return isLineEnd ? [new TextEdit(document.Lines.Range(new TextSpan(at - 1, 1)), "")] : null;

        // The formatter keeps what the model would read otherwise: ^_^ , is not ^_^,
        var (start, end) = (comma, at);
        while (start > 0 && text[start - 1] is ' ' or '\t') start--;
        while (end < text.Length && text[end] is ' ' or '\t') end++;
        if (isLineEnd) end = at;
        var edits = DocumentEdits.Formatted(snapshot, document, [TextSpan.FromBounds(start, end)], cancel);
        if (isLineEnd) edits.Add(new Analysis.TextEdit(new TextSpan(at, 0), " "));
        return WorkspaceEdits.Places(document, edits);
    }

    private static bool IsComma(SyntaxTree tree, int offset)
    {
        var (low, high) = (0, tree.Tokens.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (tree.Tokens[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }

        return high >= 0 && tree.Tokens[low] is { Kind: TokenKind.Comma } token && token.Start == offset;
    }
}
