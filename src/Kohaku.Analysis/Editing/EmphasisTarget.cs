using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>Text that has, or can be given, one weight of its own.</summary>
/// <param name="Content">The text, without the brackets that hold nothing else.</param>
/// <param name="Inner">The innermost bracket that holds nothing else, a row of <see cref="SyntaxTree.Groups"/>; −1 where there is none.</param>
/// <param name="Outer">The outermost one; −1 where there is none.</param>
/// <param name="Around">The innermost bracket that holds other text too; −1 where there is none.</param>
internal readonly record struct EmphasisTarget(TextSpan Content, int Inner, int Outer, int Around)
{
    /// <summary>Whether it has brackets of its own.</summary>
    public bool HasBrackets => Inner >= 0;

    /// <summary>The content with its own brackets.</summary>
    public TextSpan Whole(SyntaxTree tree) => HasBrackets ? TextSpan.FromBounds(tree.Groups[Outer].Open, tree.Groups[Outer].Close + 1) : Content;

    /// <summary>The target of a text inside a bracket.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="content">Balanced text.</param>
    /// <param name="group">The innermost bracket around it, or −1.</param>
    public static EmphasisTarget Of(PromptView prompt, TextSpan content, int group)
    {
        var (inner, outer, whole) = (-1, -1, content);
        while (group >= 0)
        {
            ref readonly var bracket = ref prompt.Tree.Groups[group];
            if (!IsEmphasis(bracket) || !HoldsOnly(prompt, bracket, whole)) break;
            if (inner < 0) inner = group;
            outer = group;
            whole = TextSpan.FromBounds(bracket.Open, bracket.Close + 1);
            group = bracket.Parent;
        }

        return new EmphasisTarget(content, inner, outer, group);
    }

    /// <summary>The target of all that a bracket holds; null where it holds nothing.</summary>
    public static EmphasisTarget? InBracket(PromptView prompt, int group)
    {
        var content = Held(prompt, group);

        // The innermost of ((a)), where each holds only the next.
        for (var next = group + 1; next < prompt.Side.Groups.End && HoldsOnlyBracket(prompt, content, next); next++)
            (group, content) = (next, Held(prompt, next));
        return content.Length == 0 ? null : Of(prompt, content, group);
    }

    /// <summary>What a bracket holds, without blanks and weight.</summary>
    private static TextSpan Held(PromptView prompt, int group)
    {
        ref readonly var bracket = ref prompt.Tree.Groups[group];
        var text = prompt.Text[(bracket.Open + 1)..(bracket.HasWeight ? bracket.WeightSpan.Start : bracket.Close)];
        return new TextSpan(bracket.Open + 1 + (text.Length - text.TrimStart().Length), text.Trim().Length);
    }

    private static bool HoldsOnlyBracket(PromptView prompt, TextSpan content, int group)
    {
        ref readonly var bracket = ref prompt.Tree.Groups[group];
        return IsEmphasis(bracket) && bracket.Open == content.Start && bracket.Close + 1 == content.End;
    }

    /// <summary>Whether a bracket is closed and weighs what it holds.</summary>
    public static bool IsEmphasis(in GroupNode bracket) => bracket is { IsClosed: true, Kind: GroupKind.Round or GroupKind.Square };

    private static bool HoldsOnly(PromptView prompt, in GroupNode bracket, TextSpan content)
    {
        if (content.Start <= bracket.Open || content.End > bracket.Close) return false;
        var end = bracket.HasWeight ? bracket.WeightSpan.Start : bracket.Close;
        return content.End <= end && prompt.Text[(bracket.Open + 1)..content.Start].IsWhiteSpace() && prompt.Text[content.End..end].IsWhiteSpace();
    }
}
