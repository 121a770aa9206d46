using System.Buffers;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags full-width brackets, commas and colons that were meant as syntax.</summary>
/// <remarks>
/// <b>Why</b> An input method's <c>（a：1.2）</c> is text to the generator: no emphasis, and no comma between tags.
/// <b>Bad</b> <c>1girl[|，|]smile</c>
/// <b>Good</b> <c>1girl, smile</c>
/// <b>Fix</b> Safe: the ASCII characters.
/// </remarks>
internal sealed class FullWidthPunctuation : Rule
{
    private const int DeepestLooked = 64;

    private static readonly SearchValues<char> Wide = SearchValues.Create("（）［］【】，、：");

    public override RuleInfo Info { get; } = new("KHK208", "full-width-punctuation", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Slice(prompt.Side.Span).ContainsAny(Wide)) return;
        var brackets = new WideBrackets(prompt);
        foreach (ref readonly var token in prompt.Tokens)
        {
            if (token.Kind == TokenKind.WideComma) CheckComma(prompt, report, token.Start);
            else if (token.Kind == TokenKind.Text) CheckColons(prompt, report, token, brackets);
        }

        foreach (var (open, close) in brackets.Pairs) ReportPair(prompt, report, open, close);
        foreach (var lone in brackets.Lone)
            Report(prompt, report, lone).Help("write the ASCII bracket, and its partner");
    }

    private FindingBuilder Report(PromptView prompt, Report report, int at) =>
        report.Add(this, new TextSpan(at, 1), $"`{prompt.Text[at]}` is text to the generator: the syntax is `{WideBrackets.Ascii(prompt.Text[at])}`");

    private void ReportPair(PromptView prompt, Report report, int open, int close)
    {
        var first = default(FindingBuilder?);
        foreach (var at in (ReadOnlySpan<int>)[open, close])
        {
            if (!WideBrackets.IsWide(prompt.Text[at])) continue;
            var finding = Report(prompt, report, at);
            if (first is { } other)
            {
                finding.FixedWith(other);
                continue;
            }

            first = finding;
            finding.Safe(
                "Write ASCII brackets",
                new TextEdit(new TextSpan(open, 1), WideBrackets.Ascii(prompt.Text[open]).ToString()),
                new TextEdit(new TextSpan(close, 1), WideBrackets.Ascii(prompt.Text[close]).ToString()));
        }
    }

    private void CheckComma(PromptView prompt, Report report, int at)
    {
        if (IsForeign(Neighbour(prompt, at, -1)) && IsForeign(Neighbour(prompt, at, 1))) return;
        var isGlued = at + 1 < prompt.Side.Span.End && !char.IsWhiteSpace(prompt.Text[at + 1]);
        Report(prompt, report, at).Safe("Write a comma", new TextEdit(new TextSpan(at, 1), isGlued ? ", " : ","));
    }

    private void CheckColons(PromptView prompt, Report report, in Token token, WideBrackets brackets)
    {
        var text = prompt.Text;
        for (var at = token.Start; at < token.End; at++)
        {
            if (text[at] != '：') continue;
            var (before, after) = (Neighbour(prompt, at, -1), Neighbour(prompt, at, 1));
            var isWeight = char.IsAsciiDigit(after) || after is '.' or '-' or '+';
            if (isWeight ? !brackets.Holds(at) && !IsInRound(prompt, at) : IsForeign(before) || IsForeign(after)) continue;
            Report(prompt, report, at).Safe("Write a colon", new TextEdit(new TextSpan(at, 1), ":"));
        }
    }

    private static bool IsInRound(PromptView prompt, int at)
    {
        var groups = prompt.Groups;
        var last = Weights.LastGroupBefore(prompt, at);
        for (var i = last; i >= 0 && i > last - DeepestLooked; i--)
            if (groups[i].Kind == GroupKind.Round && groups[i].Close > at) return true;
        return false;
    }

    /// <summary>The nearest character that is no blank; a blank where the side ends.</summary>
    private static char Neighbour(PromptView prompt, int at, int step)
    {
        var side = prompt.Side.Span;
        for (var i = at + step; side.Contains(i); i += step)
            if (!char.IsWhiteSpace(prompt.Text[i])) return prompt.Text[i];
        return ' ';
    }

    /// <summary>A letter beyond ASCII: between two of them the mark belongs to a sentence in another language.</summary>
    private static bool IsForeign(char c) => c > 127 && char.IsLetter(c);
}
