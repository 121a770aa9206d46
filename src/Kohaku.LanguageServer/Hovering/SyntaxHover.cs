using System.Globalization;
using Kohaku.Analysis;
using Kohaku.Analysis.Documentation;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Hovering;

/// <summary>What brackets, BREAK and AND, comments and headers mean where they stand.</summary>
internal static class SyntaxHover
{
    private const string SuppressionMarker = "kohaku:";

    /// <summary>Writes what a mark of a side is, but for networks.</summary>
    /// <returns>Where it stands; null where there is nothing to tell.</returns>
    public static TextSpan? WriteMark(PromptView side, Mark mark, int offset, HoverText text)
    {
        var isComfy = side.Tree.Options.Dialect == Dialect.ComfyUI;
        switch (mark.Kind)
        {
            case MarkKind.Break:
                text.Own(isComfy ? "BREAK · text in ComfyUI" : "BREAK · ends the chunk here; the rest of its 75 tokens is padding");
                return mark.Span;
            case MarkKind.And:
                text.Own(isComfy ? "AND · text in ComfyUI" : "AND · divides the prompt: each side is encoded by itself, and a number behind a last colon is its weight");
                return mark.Span;
            case MarkKind.StrayClose:
                text.Own("closes nothing");
                return mark.Span;
            case MarkKind.Comment:
                return WriteRule(side.Tree, mark.Span, offset, text);
            default:
                return null;
        }
    }

    /// <summary>Writes what the bracket, bar, colon or number of a token means.</summary>
    /// <returns>Where the whole bracket stands; null where there is nothing to tell.</returns>
    public static TextSpan? WriteToken(PromptView side, Token token, HoverText text)
    {
        if (token.Kind is not (TokenKind.Open or TokenKind.Close or TokenKind.Weight or TokenKind.Colon or TokenKind.When or TokenKind.Pipe or TokenKind.Variant)) return null;
        if (GroupAt(side, token) is not { } index)
        {
            if (token.Kind != TokenKind.Weight) return null;

            text.Own($"weight {side.Slice(token.Span).Trim(": ").ToString()} of the whole part");
            return token.Span;
        }

        ref readonly var group = ref side.Tree.Groups[index];
        text.Own(Describe(side, group));
        if (group.Kind is GroupKind.Round or GroupKind.Square && side.Tree.Groups[index].Parent >= 0) WriteProduct(side, index, text);
        return group.IsClosed ? TextSpan.FromBounds(group.Open, group.Close + 1) : new TextSpan(group.Open, 1);
    }

    private static string Describe(PromptView side, in GroupNode group)
    {
        if (!group.IsClosed) return "this bracket is never closed";

        return group.Kind switch
        {
            GroupKind.Round => $"weight × {WeightProduct.Number(group.Multiplier)}",
            GroupKind.Square => $"weight × {WeightProduct.Number(group.Multiplier)}: less emphasis",
            GroupKind.Alternation => "alternation: another option at each step, in turn",
            GroupKind.Variants => "dynamic prompt: one of the options, chosen at random",
            _ => Editing(side, group),
        };
    }

    private static string Editing(PromptView side, in GroupNode group)
    {
        var steps = side.Profile.Generation.Steps;
        if (side.TryParameter("Steps", out var written) && int.TryParse(side.Slice(written.Value), NumberStyles.None, CultureInfo.InvariantCulture, out var own) && own > 0) steps = own;
        var isShare = side.Slice(group.WeightSpan).Contains('.');
        var step = isShare ? group.Number * steps : group.Number;
        var at = double.IsFinite(step) ? ((long)Math.Clamp(step, 0, steps)).ToString(CultureInfo.InvariantCulture) : "?";
        return group.HasFrom
            ? $"prompt editing: the first text up to step {at} of {steps}, then the second"
            : $"prompt editing: the text from step {at} of {steps} on";
    }

    private static void WriteProduct(PromptView side, int index, HoverText text)
    {
        var product = 1.0;
        var depth = 0;
        for (var group = index; group >= 0; group = side.Tree.Groups[group].Parent)
        {
            product *= side.Tree.Groups[group].Multiplier;
            if (side.Tree.Groups[group].Multiplier != 1) depth++;
        }

        if (depth > 1 && side.Tree.Options.Dialect == Dialect.A1111) text.Own($" · in all {WeightProduct.Of(side.Tree, index, product)}");
    }

    private static int? GroupAt(PromptView side, Token token)
    {
        int? found = null;
        for (var i = side.Side.Groups.First; i < side.Side.Groups.End && side.Tree.Groups[i].Open <= token.Start; i++)
        {
            ref readonly var group = ref side.Tree.Groups[i];
            var end = group.IsClosed ? group.Close : token.Kind == TokenKind.Open ? group.Open : -1;
            if (end >= token.Start) found = i;
        }

        return found;
    }

    // A rule's name in a comment that silences it leads to the rule's page.
    private static TextSpan? WriteRule(SyntaxTree tree, TextSpan comment, int offset, HoverText text)
    {
        var all = tree.Text;
        if (!tree.Slice(comment).Contains(SuppressionMarker, StringComparison.OrdinalIgnoreCase)) return null;

        var start = int.Min(offset, comment.End);
        while (start > comment.Start && IsName(all[start - 1])) start--;
        var end = start;
        while (end < comment.End && IsName(all[end])) end++;
        if (end == start || RuleRegistry.Find(all[start..end]) is not { } rule) return null;

        var doc = RuleDocs.All[rule.Index];
        if (text.IsMarkdown) text.Own(RulePage.Of(doc));
        else text.Own($"{doc.Name} ({doc.Id}), {RulePage.Word(doc.Severity)}\n{doc.Summary}\n{doc.Why}\n{doc.Fix}");
        return TextSpan.FromBounds(start, end);
    }

    private static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c == '-';
}
