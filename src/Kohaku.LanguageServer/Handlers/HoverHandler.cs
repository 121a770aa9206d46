using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Hovering;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/hover</c>: what stands under the pointer.</summary>
internal sealed class HoverHandler : IBackgroundHandler<TextDocumentPositionParams, Hover>
{
    private readonly NetworkHover _networks = new();

    /// <inheritdoc/>
    public Hover? Handle(Snapshot snapshot, TextDocumentPositionParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var offset = document.Lines.Offset(request.Position);
        using var reading = PartReading.At(snapshot, document, offset);
        if (offset < reading.Part.Start || offset > reading.Part.Span.End) return null;

        var text = new HoverText(snapshot.Client.WantsMarkdown);
        return Write(snapshot, reading, reading.ToTree(offset), text) is { } span && !text.IsEmpty ? new Hover(text.ToContent(), reading.Range(span)) : null;
    }

    private TextSpan? Write(Snapshot snapshot, PartReading reading, int offset, HoverText text)
    {
        var prompt = reading.Tree.Prompts[reading.PromptAt(offset)];
        if (prompt.ParameterLine.Length > 0 && prompt.ParameterLine.Start <= offset && offset <= prompt.ParameterLine.End)
            return ParameterHover.Write(reading.Tree, prompt, offset, text);
        if (reading.SideAt(offset) is not { } side) return null;

        foreach (ref readonly var mark in side.Marks)
        {
            if (!mark.Span.Contains(offset)) continue;
            if (mark.Kind != MarkKind.Network) return SyntaxHover.WriteMark(side, mark, offset, text);

            _networks.Write(side.Slice(mark.Span).ToString(), side.Services, side.IsNegative, text);
            return mark.Span;
        }

        var tag = PartReading.TagAt(side, offset);
        if (tag >= 0 && (side.Tags[tag].Span.Contains(offset) || !IsSyntax(side.Tokens, offset)))
        {
            new TagHover(snapshot, reading, side, tag, text).Write();
            return side.Tags[tag].Span;
        }

        foreach (ref readonly var token in side.Tokens)
            if (token.Span.Contains(offset)) return SyntaxHover.WriteToken(side, token, text);
        return null;
    }

    // Behind a tag's last character its bracket or weight may begin: the pointer is on that.
    private static bool IsSyntax(ReadOnlySpan<Token> tokens, int offset)
    {
        foreach (ref readonly var token in tokens)
            if (token.Span.Contains(offset)) return token.Kind is TokenKind.Open or TokenKind.Close or TokenKind.Weight or TokenKind.Colon or TokenKind.When or TokenKind.Pipe;
        return false;
    }
}
