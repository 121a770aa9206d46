using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>Full-width brackets of a side that were meant as brackets, with their partners; those of faces such as <c>（´・ω・）</c> left out.</summary>
internal sealed class WideBrackets
{
    private readonly List<(int Open, int Close)> _pairs = [];
    private readonly List<int> _lone = [];

    /// <summary>How far the pairs up to each reach.</summary>
    private readonly List<int> _reach = [];

    public WideBrackets(PromptView prompt)
    {
        var rounds = new Stack<int>();
        var squares = new Stack<int>();
        foreach (var at in Candidates(prompt))
        {
            var ascii = Ascii(prompt.Text[at]);
            var stack = ascii is '(' or ')' ? rounds : squares;
            if (ascii is '(' or '[') stack.Push(at);
            else if (stack.TryPop(out var open)) AddPair(prompt.Text, open, at);
            else AddLone(prompt.Text, at);
        }

        foreach (var at in rounds) AddLone(prompt.Text, at);
        foreach (var at in squares) AddLone(prompt.Text, at);
        _pairs.Sort();
        _lone.Sort();
        foreach (var (_, close) in _pairs) _reach.Add(_reach.Count == 0 ? close : int.Max(close, _reach[^1]));
    }

    /// <summary>Pairs of which at least one is full-width.</summary>
    public IReadOnlyList<(int Open, int Close)> Pairs => _pairs;

    /// <summary>Full-width brackets without a partner.</summary>
    public IReadOnlyList<int> Lone => _lone;

    /// <summary>Whether a position stands in one of the pairs.</summary>
    public bool Holds(int position)
    {
        var index = _pairs.BinarySearch((position, 0));
        return (index < 0 ? ~index : index) is var next and > 0 && _reach[next - 1] > position;
    }

    /// <summary>Whether a character is a full-width bracket.</summary>
    public static bool IsWide(char c) => c is '（' or '）' or '［' or '］' or '【' or '】';

    /// <summary>The ASCII character that is meant.</summary>
    public static char Ascii(char c) => c switch
    {
        '（' => '(',
        '）' => ')',
        '［' or '【' => '[',
        '］' or '】' => ']',
        '，' or '、' => ',',
        '：' => ':',
        _ => c,
    };

    /// <summary>Full-width brackets, and those ASCII brackets that found no ASCII partner.</summary>
    private static List<int> Candidates(PromptView prompt)
    {
        var found = new List<int>();
        foreach (ref readonly var token in prompt.Tokens)
        {
            if (token.Kind != TokenKind.Text) continue;
            for (var i = token.Start; i < token.End; i++)
                if (IsWide(prompt.Text[i]) && !IsBehindBackslash(prompt.Text, i)) found.Add(i);
        }

        if (found.Count == 0) return found;
        foreach (ref readonly var group in prompt.Groups)
            if (!group.IsClosed && group.Kind != GroupKind.Variants) found.Add(group.Open);
        foreach (ref readonly var mark in prompt.Marks)
            if (mark.Kind == MarkKind.StrayClose && prompt.Text[mark.Span.Start] != '}') found.Add(mark.Span.Start);
        found.Sort();
        return found;
    }

    // Such a bracket is meant as text, and in ASCII would be an escaped one.
    private static bool IsBehindBackslash(ReadOnlySpan<char> text, int at) => at > 0 && text[at - 1] == '\\';

    private void AddPair(ReadOnlySpan<char> text, int open, int close)
    {
        if ((IsWide(text[open]) || IsWide(text[close])) && IsPrompt(text[(open + 1)..close])) _pairs.Add((open, close));
    }

    private void AddLone(ReadOnlySpan<char> text, int at)
    {
        var side = Ascii(text[at]) is '(' or '[' ? at + 1 : at - 1;
        if (IsWide(text[at]) && side >= 0 && side < text.Length && char.IsAsciiLetterOrDigit(text[side])) _lone.Add(at);
    }

    /// <summary>Words or a number in ASCII, and none of the signs that make faces.</summary>
    private static bool IsPrompt(ReadOnlySpan<char> content)
    {
        var hasAscii = false;
        foreach (var c in content)
        {
            hasAscii |= char.IsAsciiLetterOrDigit(c);
            if (c > 127 && !char.IsLetter(c) && !char.IsWhiteSpace(c) && Ascii(c) == c) return false;
        }

        return hasAscii;
    }
}
