using System.Globalization;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Formatting;

/// <summary>The edits that would bring a side into form; whether each keeps the meaning is for the <see cref="Formatter"/> to see.</summary>
internal ref struct LayoutEdits
{
    private readonly SyntaxTree _tree;
    private readonly ReadOnlySpan<Token> _tokens;
    private readonly ReadOnlySpan<char> _text;
    private readonly List<TextEdit> _edits;
    private readonly bool _isWholeLineStart;

    private LayoutEdits(SyntaxTree tree, in SideNode side, List<TextEdit> edits)
    {
        _tree = tree;
        _tokens = tree.Tokens[side.Tokens.First..side.Tokens.End];
        _text = tree.Text;
        _edits = edits;
        _isWholeLineStart = side.Span.Start == 0 || _text[side.Span.Start - 1] is '\n' or '\r';
    }

    /// <summary>Adds the edits of a side, in order.</summary>
    public static void Add(SyntaxTree tree, in SideNode side, List<TextEdit> edits)
    {
        var layout = new LayoutEdits(tree, side, edits);
        if (side.IsNegative && !layout._isWholeLineStart && layout._tokens is [{ Kind: not (TokenKind.Whitespace or TokenKind.LineBreak) }, ..])
            edits.Add(new TextEdit(new TextSpan(side.Span.Start, 0), " "));
        for (var i = 0; i < layout._tokens.Length; i++) layout.Visit(i);
    }

    private readonly void Visit(int index)
    {
        ref readonly var token = ref _tokens[index];
        switch (token.Kind)
        {
            case TokenKind.Whitespace when !StandsBesideMarker(index):
                Replace(token.Span, Gap(index));
                break;
            case TokenKind.Comma when index + 1 < _tokens.Length && _tokens[index + 1].Kind is not (TokenKind.Whitespace or TokenKind.LineBreak or TokenKind.Comma or TokenKind.Close):
                Replace(new TextSpan(token.End, 0), " ");
                break;
            case TokenKind.Text:
                FoldBlanks(token.Span);
                break;
            case TokenKind.Weight:
                Shorten(token.Span);
                break;
            default:
                break;
        }
    }

    /// <summary>Blanks keep <c> ---</c> and <c> Negative prompt:</c> from dividing the file.</summary>
    private readonly bool StandsBesideMarker(int index) =>
        (index > 0 && IsMarker(_tokens[index - 1])) || (index + 1 < _tokens.Length && IsMarker(_tokens[index + 1]));

    private readonly bool IsMarker(in Token token)
    {
        var text = _tree.Slice(token.Span);
        return token.Kind == TokenKind.Text && (text.StartsWith("---") || text.StartsWith("Negative prompt"));
    }

    /// <summary>What belongs between two tokens.</summary>
    private readonly string Gap(int index)
    {
        var before = index > 0 ? _tokens[index - 1].Kind : _isWholeLineStart ? TokenKind.LineBreak : TokenKind.NegativeHeader;
        var after = index + 1 < _tokens.Length ? _tokens[index + 1].Kind : TokenKind.LineBreak;
        if (before is TokenKind.LineBreak or TokenKind.Open || after is TokenKind.LineBreak or TokenKind.Comma or TokenKind.Close or TokenKind.Weight or TokenKind.When)
            return "";
        return " ";
    }

    private readonly void FoldBlanks(TextSpan span)
    {
        for (var i = span.Start; i < span.End; i++)
        {
            if (!IsBlank(_text[i])) continue;
            var end = i + 1;
            while (end < span.End && IsBlank(_text[end])) end++;
            if (_text[i - 1] != '\\') Replace(TextSpan.FromBounds(i, end), " ");
            i = end;
        }
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\u3000' or '\u00A0';

    private readonly void Shorten(TextSpan span)
    {
        var written = _text.Slice(span.Start + 1, span.Length - 1).Trim();
        if (!double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return;
        var shortest = ShortestNumber(number);
        Replace(span, shortest.Length <= written.Length ? $":{shortest}" : $":{written}");
    }

    private static string ShortestNumber(double number) => number.ToString("0.#################", CultureInfo.InvariantCulture);

    private readonly void Replace(TextSpan span, ReadOnlySpan<char> text)
    {
        if (!_tree.Slice(span).SequenceEqual(text)) _edits.Add(new TextEdit(span, text.ToString()));
    }
}
