using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags what makes A1111 read all prompt editing of a prompt as text.</summary>
/// <remarks>
/// <b>Why</b> A <c>|</c> outside of square brackets, as in the face <c>|_|</c>, or a last backslash is a syntax error to A1111's parser of prompt editing: it then takes every <c>[a:b:0.5]</c> and <c>[a|b]</c> literally.
/// <b>Bad</b> <c>[|||]_|, [hat:ribbon:0.5]</c>
/// <b>Good</b> <c>\|_\|, [hat:ribbon:0.5]</c>
/// <b>Fix</b> Safe: a backslash before each such bar, which reaches the model without it; a last backslash goes.
/// </remarks>
internal sealed class EditingDisabled : Rule
{
    public override RuleInfo Info { get; } = new("KHK220", "editing-disabled", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        foreach (ref readonly var part in prompt.Parts)
        {
            if (!part.IsLiteral || !HasEditing(prompt, part, out var editing)) continue;
            var cause = new TextSpan(part.LiteralCause, 1);
            var character = prompt.Text[cause.Start];
            var finding = report.Add(this, cause, $"`{character}` here makes A1111 read all prompt editing of this prompt as text")
                .Related(editing, "this is text");
            if (character == '|') finding.Safe("Escape the bars", Bars(prompt, part));
            else finding.Safe("Remove the backslash", Edit.Delete(cause));
        }
    }

    private static bool HasEditing(PromptView prompt, in PartNode part, out TextSpan editing)
    {
        editing = default;
        var groups = prompt.Groups;
        for (var i = Weights.LastGroupBefore(prompt, part.Span.Start) + 1; i < groups.Length && groups[i].Open < part.Span.End; i++)
        {
            ref readonly var group = ref groups[i];
            if (group.Kind is not (GroupKind.Editing or GroupKind.Alternation)) continue;
            editing = TextSpan.FromBounds(group.Open, group.Close + 1);
            return true;
        }

        return false;
    }

    private static TextEdit[] Bars(PromptView prompt, in PartNode part)
    {
        var edits = new List<TextEdit>();
        var tokens = prompt.Tokens;
        for (var i = TokenAt(tokens, part.LiteralCause); i < tokens.Length && tokens[i].Start < part.Span.End; i++)
            if (tokens[i].Kind == TokenKind.Text) AddBars(prompt.Text, tokens[i], edits);

        return [.. edits.DistinctBy(edit => edit.Span.Start)];
    }

    private static int TokenAt(ReadOnlySpan<Token> tokens, int position)
    {
        var (low, high) = (0, tokens.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tokens[middle].End <= position) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static void AddBars(ReadOnlySpan<char> text, in Token token, List<TextEdit> edits)
    {
        for (var i = token.Start; i < token.End; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '|') edits.Add(Edit.Insert(i, "\\"));
        }
    }
}
