namespace Kohaku.Syntax.Parsing;

/// <summary>Divides a <c>.prompt</c> file into prompts, and each prompt into positive text, negative text and parameter line.</summary>
internal sealed class LibraryParser(SyntaxTree tree)
{
    private const string NegativeHeader = "Negative prompt:";

    /// <summary>What A1111 itself takes for parameters: three pairs at least.</summary>
    private const int LeastPairs = 3;

    /// <summary>Whether a text is infotext: a line of it begins with the negative prompt's mark, or its last one is a line of parameters.</summary>
    public static bool IsInfotext(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny('\n', '\r') < 0) return text.StartsWith(NegativeHeader);
        if (FindHeader(text, 0, text.Length) >= 0) return true;

        PromptNode prompt = default;
        return FindParameters(text, 0, text.Length, ref prompt, out var pairs).Length > 0 && pairs >= LeastPairs;
    }

    /// <summary>Parses the whole text.</summary>
    public void Parse(ReadOnlySpan<char> text)
    {
        var start = 0;
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            tree.TokenRows.Add(new Token(TokenKind.ByteOrderMark, 0, 1));
            start = 1;
        }

        while (true)
        {
            var end = FindSeparator(text, start, out var next);
            ParsePrompt(text, start, end);
            if (next < 0) return;
            AddSeparator(text, end, next);
            start = next;
        }
    }

    /// <summary>The next line that is exactly <c>---</c>: where it begins, and where the line behind it does (−1 without one).</summary>
    internal static int FindSeparator(ReadOnlySpan<char> text, int start, out int next)
    {
        for (var at = start; at < text.Length;)
        {
            var hit = text[at..].IndexOf("---");
            if (hit < 0) break;
            at += hit;
            var begins = at == start || text[at - 1] is '\n' or '\r';
            var after = at + 3;
            var ends = after == text.Length || text[after] is '\n' or '\r';
            if (begins && ends)
            {
                next = after + LineEnd(text, after);
                return at;
            }

            at++;
        }

        next = -1;
        return text.Length;
    }

    private static int LineEnd(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length) return 0;
        return text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
    }

    private void AddSeparator(ReadOnlySpan<char> text, int at, int next)
    {
        tree.TokenRows.Add(new Token(TokenKind.Separator, at, 3));
        if (next > at + 3) tree.TokenRows.Add(new Token(TokenKind.LineBreak, at + 3, next - at - 3));
    }

    private void ParsePrompt(ReadOnlySpan<char> text, int start, int end)
    {
        var index = tree.PromptRows.Count;
        ref var prompt = ref tree.PromptRows.Add();
        prompt.Span = TextSpan.FromBounds(start, end);
        prompt.Negative = -1;
        var parameters = FindParameters(text, start, end, ref prompt, out _);
        var bodyEnd = parameters.Length > 0 ? parameters.Start : end;
        var header = FindHeader(text, start, bodyEnd);

        tree.PromptRows[index].Positive = tree.AddSide(TextSpan.FromBounds(start, header < 0 ? bodyEnd : header), isNegative: false);
        if (header >= 0)
        {
            tree.TokenRows.Add(new Token(TokenKind.NegativeHeader, header, NegativeHeader.Length));
            tree.PromptRows[index].Negative = tree.AddSide(TextSpan.FromBounds(header + NegativeHeader.Length, bodyEnd), isNegative: true);
        }

        if (parameters.Length > 0) AddParameters(text, parameters, end, index);
    }

    private static int FindHeader(ReadOnlySpan<char> text, int start, int end)
    {
        for (var at = start; at < end;)
        {
            var hit = text[at..end].IndexOf(NegativeHeader);
            if (hit < 0) return -1;
            at += hit;
            if (at == start || text[at - 1] is '\n' or '\r') return at;
            at++;
        }

        return -1;
    }

    /// <summary>The last line that is not blank, if each of its comma fields is a pair and one key is known.</summary>
    private static TextSpan FindParameters(ReadOnlySpan<char> text, int start, int end, ref PromptNode prompt, out int pairs)
    {
        pairs = 0;
        var last = end;
        while (last > start && char.IsWhiteSpace(text[last - 1])) last--;
        var first = last;
        while (first > start && text[first - 1] is not ('\n' or '\r')) first--;
        var line = text[first..last];
        if (line.IndexOf(':') < 0 || line.StartsWith(NegativeHeader)) return default;

        var known = false;
        var spaced = true;
        for (var at = 0; at < line.Length; pairs++)
        {
            var length = ParameterPair.Read(line[at..], out var pair);
            if (length == 0) return default;
            var key = line.Slice(at + pair.Key.Start, pair.Key.Length);
            known |= ParameterKeys.IsKnown(key);
            spaced &= char.IsAsciiLetterUpper(key[0]) && pair.Value.Start > pair.Key.End + 1;
            at += length;
        }

        if (known) return TextSpan.FromBounds(first, last);
        if (pairs > 1 && spaced) prompt.UnknownParameterLine = TextSpan.FromBounds(first, last);
        return default;
    }

    private void AddParameters(ReadOnlySpan<char> text, TextSpan line, int end, int promptIndex)
    {
        tree.TokenRows.Add(new Token(TokenKind.Parameters, line.Start, line.Length));
        var first = tree.ParameterRows.Count;
        for (var at = line.Start; at < line.End;)
        {
            var length = ParameterPair.Read(text[at..line.End], out var pair);
            tree.ParameterRows.Add(new ParameterNode(Shift(pair.Key, at), Shift(pair.Value, at)));
            at += length;
        }

        tree.PromptRows[promptIndex].ParameterLine = line;
        tree.PromptRows[promptIndex].Parameters = new RowRange(first, tree.ParameterRows.Count);
        AddBlankLines(text, line.End, end);
    }

    private static TextSpan Shift(TextSpan span, int by) => new(span.Start + by, span.Length);

    private void AddBlankLines(ReadOnlySpan<char> text, int start, int end)
    {
        for (var at = start; at < end;)
        {
            var isBreak = text[at] is '\n' or '\r';
            var length = isBreak ? int.Min(LineEnd(text, at), end - at) : Characters.LineLength(text[at..end]);
            tree.TokenRows.Add(new Token(isBreak ? TokenKind.LineBreak : TokenKind.Whitespace, at, length));
            at += length;
        }
    }
}
