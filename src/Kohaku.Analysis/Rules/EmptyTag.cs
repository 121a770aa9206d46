using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a comma with nothing before or behind it to divide.</summary>
/// <remarks>
/// <b>Why</b> Each comma is a token: <c>a,, b</c> and a comma at the end spend some of the 75 on nothing.
/// <b>Bad</b> <c>1girl,[|,|] smile</c>
/// <b>Good</b> <c>1girl, smile</c>
/// <b>Fix</b> Safe: removes the comma, but never one that keeps a number at the end from weighting the whole prompt.
/// </remarks>
internal sealed class EmptyTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK209", "empty-tag", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        var tokens = prompt.Tokens;
        var previous = -1;
        var (first, last) = (-1, -1);
        for (var i = 0; i < tokens.Length; i++)
        {
            var kind = tokens[i].Kind;
            if (kind == TokenKind.LineBreak && first >= 0) Flush();
            if (kind is TokenKind.Whitespace or TokenKind.LineBreak or TokenKind.Comment) continue;
            if (!IsComma(kind))
            {
                if (first >= 0) Flush();
            }
            else if (DividesNothing(prompt, previous, i))
            {
                if (first < 0) first = i;
                last = i;
            }

            previous = i;
        }

        if (first >= 0) Flush();

        void Flush()
        {
            Report(prompt, report, first, last);
            first = -1;
        }
    }

    private static bool DividesNothing(PromptView prompt, int previous, int comma)
    {
        var tokens = prompt.Tokens;
        if (previous < 0 || IsComma(tokens[previous].Kind)) return true;

        // The comma behind `:(` ends a face.
        if (IsRound(prompt, previous, '(') && !Weights.IsInBareTag(prompt, tokens[previous].Start)) return true;
        for (var i = comma + 1; i < tokens.Length; i++)
        {
            var kind = tokens[i].Kind;
            if (kind is TokenKind.Whitespace or TokenKind.LineBreak or TokenKind.Comment || IsComma(kind)) continue;
            if (kind != TokenKind.Weight && !IsRound(prompt, i, ')')) return false;
            break;
        }

        return !Edit.GuardsNumber(prompt.Text, tokens[comma].Start, prompt.Side.Span.Start);
    }

    private void Report(PromptView prompt, Report report, int first, int last)
    {
        var tokens = prompt.Tokens;
        var text = prompt.Text;
        var side = prompt.Side.Span;
        var span = TextSpan.FromBounds(tokens[first].Start, tokens[last].End);
        var (start, end) = (span.Start, span.End);
        while (start > side.Start && text[start - 1] is ' ' or '\t') start--;
        var isFirst = start == side.Start || text[start - 1] is '(' or '\n' or '\r';
        var isLast = last + 1 == tokens.Length || IsRound(prompt, last + 1, ')') || IsRound(prompt, last + 2, ')');
        if (isFirst) start = start == side.Start && prompt.IsNegative ? span.Start : start;
        while ((isFirst || isLast) && end < side.End && text[end] is ' ' or '\t') end++;
        var edit = Edit.Delete(TextSpan.FromBounds(start, end));
        report.Add(this, span, first == last ? "this comma divides nothing" : "these commas divide nothing").Safe("Remove the comma", edit);
    }

    private static bool IsComma(TokenKind kind) => kind is TokenKind.Comma or TokenKind.WideComma;

    private static bool IsRound(PromptView prompt, int token, char bracket) =>
        token < prompt.Tokens.Length && prompt.Tokens[token].Kind is TokenKind.Open or TokenKind.Close && prompt.Text[prompt.Tokens[token].Start] == bracket;
}
