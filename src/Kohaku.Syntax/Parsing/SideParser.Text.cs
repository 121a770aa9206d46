using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Parsing;

/// <summary>Runs of text, fields and parts.</summary>
internal sealed partial class SideParser
{
    /// <summary>Ends the run of text that began behind the last token.</summary>
    private void Flush(ReadOnlySpan<char> text, int end)
    {
        TakeWords(text, end);
        if (_run < end) AddPiece(text, _run, end);
    }

    /// <summary>Takes what a run holds up to its last <c>BREAK</c> or <c>AND</c> that stands as a whole word; what is behind stays to be read.</summary>
    private void TakeWords(ReadOnlySpan<char> text, int end)
    {
        if (!_hasWords) return;

        // A run of many closing brackets is looked through once.
        var i = int.Max(_run, _searched);
        _searched = end;
        while (i < end)
        {
            var length = WordAt(text, i, end, out var kind);
            if (length == 0)
            {
                var next = text[(i + 1)..end].IndexOfAny('A', 'B');
                if (next < 0) return;
                i += 1 + next;
                continue;
            }

            if (_run < i) AddPiece(text, _run, i);
            AddWord(text, new TextSpan(i, length), kind);
            i += length;
            _run = i;
        }
    }

    private int WordAt(ReadOnlySpan<char> text, int at, int end, out TokenKind kind)
    {
        var rest = text[at..end];
        kind = TokenKind.Break;
        var length = 5;
        if (!rest.StartsWith("BREAK"))
        {
            if (_isNegative || !rest.StartsWith("AND")) return 0;
            kind = TokenKind.And;
            length = 3;
        }

        // A run never begins inside a word, so the character before it is a border.
        var isWhole = (at == _run || !PythonText.IsWordBefore(text, at)) && PythonText.WordLength(text[..end], at + length) == 0;
        return isWhole ? length : 0;
    }

    private void AddWord(ReadOnlySpan<char> text, TextSpan span, TokenKind kind)
    {
        tree.MarkRows.Add(new Mark(kind == TokenKind.And ? MarkKind.And : MarkKind.Break, span, Innermost(), _field));
        tree.TokenRows.Add(new Token(kind, span.Start, span.Length));
        EndField(tree.TokenRows.Count - 1, keepEmpty: false);
        _region++;
        if (kind != TokenKind.And || _isComfy) return;
        EndPart(text, span.Start);
        CloseOpenGroups();
        _rounds.Clear();
        _squares.Clear();
        _firstGroup = tree.GroupRows.Count;
        BeginPart(span.End);
    }

    private void AddPiece(ReadOnlySpan<char> text, int start, int end)
    {
        var first = start;
        while (first < end && char.IsWhiteSpace(text[first])) first++;
        if (first > start) tree.TokenRows.Add(new Token(TokenKind.Whitespace, start, first - start));
        if (first == end) return;
        var last = end;
        while (char.IsWhiteSpace(text[last - 1])) last--;

        // A blank behind a backslash is escaped by it.
        if (last < end && IsEscaped(text, first, last)) last++;
        var span = TextSpan.FromBounds(first, last);
        tree.TokenRows.Add(new Token(TokenKind.Text, first, last - first));
        if (last < end) tree.TokenRows.Add(new Token(TokenKind.Whitespace, last, end - last));

        ref var piece = ref tree.PieceRows.Add();
        piece.Span = span;
        piece.Group = Innermost();
        piece.Field = _field;
        piece.Part = _part;
        piece.Region = _region;
        piece.Weight = 1;
        Touch(span);
    }

    private static bool IsEscaped(ReadOnlySpan<char> text, int first, int at)
    {
        var backslashes = 0;
        while (at - 1 - backslashes >= first && text[at - 1 - backslashes] == '\\') backslashes++;
        return backslashes % 2 == 1;
    }

    private void AddBlanksAnd(ReadOnlySpan<char> text, int start, int end, TokenKind kind)
    {
        var first = start;
        while (first < end && char.IsWhiteSpace(text[first])) first++;
        var last = end;
        while (last > first && char.IsWhiteSpace(text[last - 1])) last--;
        if (first > start) tree.TokenRows.Add(new Token(TokenKind.Whitespace, start, first - start));
        if (last > first) tree.TokenRows.Add(new Token(kind, first, last - first));
        if (end > last) tree.TokenRows.Add(new Token(TokenKind.Whitespace, last, end - last));
    }

    private void Touch(TextSpan span)
    {
        if (_fieldStart < 0) _fieldStart = span.Start;
        _fieldEnd = span.End;
    }

    private void EndField(int separator, bool keepEmpty)
    {
        if (_fieldStart >= 0 || keepEmpty)
        {
            ref var field = ref tree.FieldRows.Add();
            var at = separator >= 0 ? tree.TokenRows[separator].Start : _end;
            field.Span = _fieldStart >= 0 ? TextSpan.FromBounds(_fieldStart, _fieldEnd) : new TextSpan(at, 0);
            field.Pieces = new RowRange(_fieldPiece, tree.PieceRows.Count);
            field.Separator = separator;
            _field++;
        }

        _fieldStart = -1;
        _fieldPiece = tree.PieceRows.Count;
    }

    private void BeginPart(int start)
    {
        _part = tree.PartRows.Count;
        ref var part = ref tree.PartRows.Add();
        part.Span = new TextSpan(start, 0);
        part.Weight = 1;
        part.LiteralCause = -1;
    }

    private void EndPart(ReadOnlySpan<char> text, int end)
    {
        ref var part = ref tree.PartRows[_part];
        part.Span = TextSpan.FromBounds(part.Span.Start, end);
        if (_isComfy) return;
        part.LiteralCause = _editing.ErrorIn(part.Span.Start, end);
        part.IsLiteral = part.LiteralCause >= 0;
        if (!_isNegative) PartWeight.Read(tree, text, ref part);
    }
}
