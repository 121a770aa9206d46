using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Analysis.Linting;

/// <summary>What reaches the tokenizer of one part of a prompt in A1111, by places in the text.</summary>
/// <remarks>Of prompt editing it is the text behind the step, of alternatives the first: the text of the last step.</remarks>
internal sealed class SideRuns
{
    private readonly List<AttentionRun> _runs = [];
    private readonly Stack<Open> _rounds = new();
    private readonly Stack<Open> _squares = new();
    private double _weight;
    private int _token;
    private int _group;
    private int _skipTo;

    /// <summary>The runs of the part read last.</summary>
    public ReadOnlySpan<AttentionRun> Runs => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_runs);

    /// <summary>Goes to the first part of a side.</summary>
    public void Begin() => (_token, _group) = (0, 0);

    /// <summary>Reads the next part.</summary>
    public void Read(PromptView prompt, in PartNode part)
    {
        _runs.Clear();
        _rounds.Clear();
        _squares.Clear();
        (_weight, _skipTo) = (1, 0);
        var end = part.WeightSpan.Length > 0 ? part.WeightSpan.Start : part.Span.End;
        var tokens = prompt.Tokens;
        for (; _token < tokens.Length && tokens[_token].Start < part.Span.End; _token++)
        {
            ref readonly var token = ref tokens[_token];
            if (token.Kind == TokenKind.Open) Push(prompt, part, token.Start);
            else if (token.Start >= _skipTo && token.Start < end) Take(prompt, part, token, int.Min(token.End, end));
        }
    }

    private void Take(PromptView prompt, in PartNode part, in Token token, int end)
    {
        switch (token.Kind)
        {
            case TokenKind.Text:
                AddText(prompt.Text, token.Start, end);
                break;
            case TokenKind.Close:
                Close(prompt.Text[token.Start]);
                break;
            case TokenKind.Break:
                _runs.Add(new AttentionRun(token.Start, token.Length, -_weight, IsBreak: true));
                break;
            case TokenKind.Pipe when !part.IsLiteral:
                _skipTo = _squares.TryPeek(out var alternation) ? alternation.Close : token.End;
                break;
            case TokenKind.Network when !prompt.IsNegative:
            case TokenKind.Colon or TokenKind.When when !part.IsLiteral:
            case TokenKind.Comment or TokenKind.Weight or TokenKind.And or TokenKind.Variant:
                break;
            default:
                Add(token.Start, end);
                break;
        }
    }

    private void Push(PromptView prompt, in PartNode part, int at)
    {
        var groups = prompt.Groups;
        while (_group < groups.Length && groups[_group].Open < at) _group++;
        if (_group == groups.Length || groups[_group].Open != at) return;
        ref readonly var group = ref groups[_group];
        if (at < _skipTo || group.Kind == GroupKind.Variants) return;
        var stack = group.Kind == GroupKind.Round ? _rounds : _squares;
        stack.Push(new Open((stack.TryPeek(out var outer) ? outer.Product : 1) * group.Multiplier, group.Close));
        Weigh();
        if (group is { Kind: GroupKind.Editing, HasFrom: true } && !part.IsLiteral) _skipTo = group.FirstColon;
    }

    private void Close(char bracket)
    {
        var stack = bracket == ')' ? _rounds : bracket == ']' ? _squares : null;
        if (stack is not null && stack.TryPop(out _)) Weigh();
    }

    private void Weigh() => _weight = (_rounds.TryPeek(out var round) ? round.Product : 1) * (_squares.TryPeek(out var square) ? square.Product : 1);

    /// <summary>A1111 drops every backslash that does not follow an escaping one.</summary>
    private void AddText(ReadOnlySpan<char> text, int start, int end)
    {
        for (var i = start; i < end;)
        {
            var next = text[i..end].IndexOf('\\');
            var stop = next < 0 ? end : i + next;
            if (stop > start) Add(start, stop);
            if (next < 0) return;
            start = stop + 1;
            i = int.Min(start < end && text[start] == '\\' ? start + 1 : start, end);
            if (i > start)
            {
                Add(start, i);
                start = i;
            }
        }
    }

    private void Add(int start, int end)
    {
        if (_runs.Count > 0 && _runs[^1] is { IsBreak: false } last && last.End == start && last.Weight == _weight) _runs[^1] = last with { Length = end - last.Start };
        else _runs.Add(new AttentionRun(start, end - start, _weight, IsBreak: false));
    }

    /// <summary>An open bracket: what it and those of its shape around it multiply to, and where it closes.</summary>
    private readonly record struct Open(double Product, int Close);
}
