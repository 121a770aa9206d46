using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>Which brackets of a side have no partner once those of faces and of tags' own names, which must be escaped, are left out.</summary>
internal sealed class BracketBalance
{
    private readonly List<int> _unclosed = [];
    private readonly List<int> _stray = [];

    private BracketBalance(PromptView prompt)
    {
        var rounds = new Stack<int>();
        var squares = new Stack<int>();
        foreach (var at in Brackets(prompt))
        {
            var isRound = prompt.Text[at] is '(' or ')';
            var stack = isRound ? rounds : squares;
            if (prompt.Text[at] is '(' or '[') stack.Push(at);
            else if (!stack.TryPop(out _)) _stray.Add(at);
        }

        _unclosed.AddRange(rounds);
        _unclosed.AddRange(squares);
        _unclosed.Sort();
    }

    /// <summary>Offsets of opening brackets, rising.</summary>
    public IReadOnlyList<int> Unclosed => _unclosed;

    /// <summary>Offsets of closing brackets, rising.</summary>
    public IReadOnlyList<int> Stray => _stray;

    /// <summary>The brackets without partners, or null where all pair up.</summary>
    public static BracketBalance? Of(PromptView prompt)
    {
        if (!IsSuspect(prompt)) return null;
        var balance = new BracketBalance(prompt);
        return balance._unclosed.Count + balance._stray.Count > 0 ? balance : null;
    }

    private static bool IsSuspect(PromptView prompt)
    {
        foreach (ref readonly var group in prompt.Groups)
            if (!group.IsClosed) return true;
        foreach (ref readonly var mark in prompt.Marks)
            if (mark.Kind == MarkKind.StrayClose) return true;
        foreach (ref readonly var tag in prompt.Tags)
            if (tag.HasBareBrackets) return true;
        return false;
    }

    private static List<int> Brackets(PromptView prompt)
    {
        var found = new List<int>();
        var text = prompt.Text;
        foreach (ref readonly var token in prompt.Tokens)
            if (token.Kind is TokenKind.Open or TokenKind.Close && text[token.Start] is not ('{' or '}')) found.Add(token.Start);
        foreach (ref readonly var mark in prompt.Marks)
            if (mark.Kind == MarkKind.StrayClose && text[mark.Span.Start] != '}') found.Add(mark.Span.Start);
        found.Sort();

        var next = 0;
        var tags = prompt.Tags;
        var kept = 0;
        for (var i = 0; i < found.Count; i++)
        {
            while (next < tags.Length && tags[next].Span.End <= found[i]) next++;
            if (next < tags.Length && tags[next].HasBareBrackets && tags[next].Span.Contains(found[i])) continue;
            found[kept++] = found[i];
        }

        found.RemoveRange(kept, found.Count - kept);
        return found;
    }
}
