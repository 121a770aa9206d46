using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Analysis.Editing;

/// <summary>Proves that a text says in one dialect what another says in the other: the same characters, each at the same weight.</summary>
/// <remarks>
/// Blanks have no weight. What A1111 takes out of a text (networks, AND, the signs of prompt editing) is text in ComfyUI: where the A1111
/// text has any of it, its characters must be among ComfyUI's, in order; else they must be the same.
/// </remarks>
internal sealed class WeightProof
{
    private const double Precision = 1e-6;

    private readonly SyntaxTree _tree;
    private readonly Dialect _to;
    private readonly List<(char Character, double Weight)>? _before;

    /// <summary>A proof against what a side says.</summary>
    /// <param name="tree">One side of a prompt and nothing else.</param>
    /// <param name="to">The other dialect.</param>
    public WeightProof(SyntaxTree tree, Dialect to)
    {
        (_tree, _to) = (tree, to);
        _before = Characters(tree);
    }

    /// <summary>Whether a text of the other dialect says the same.</summary>
    public bool Holds(string text)
    {
        if (_before is null) return false;

        var tree = SyntaxTree.Parse(text, _tree.Options with { Dialect = _to });
        if (Characters(tree) is not { } after) return false;

        var a1111 = _to == Dialect.A1111 ? tree : _tree;
        var (fewer, more) = _to == Dialect.A1111 ? (after, _before) : (_before, after);
        if (!HasMoreThanText(a1111)) return fewer.Count == more.Count && IsAmong(fewer, more);

        // A number that weighs the whole prompt must not come of text.
        return IsAmong(fewer, more) && (_to != Dialect.A1111 || !HasPartWeight(tree));
    }

    private static bool IsAmong(List<(char Character, double Weight)> fewer, List<(char Character, double Weight)> more)
    {
        var next = 0;
        foreach (var (character, weight) in more)
        {
            if (next == fewer.Count) break;
            if (fewer[next].Character == character && Math.Abs(fewer[next].Weight - weight) <= Precision * Math.Max(1, Math.Abs(weight))) next++;
        }

        return next == fewer.Count;
    }

    private static bool HasPartWeight(SyntaxTree tree)
    {
        foreach (ref readonly var part in tree.Parts)
            if (part.WeightSpan.Length > 0) return true;
        return false;
    }

    private static bool HasMoreThanText(SyntaxTree tree)
    {
        if (HasPartWeight(tree)) return true;
        foreach (ref readonly var mark in tree.Marks)
            if (mark.Kind is MarkKind.Network or MarkKind.And or MarkKind.Break) return true;
        foreach (ref readonly var group in tree.Groups)
            if (group.Kind is not (GroupKind.Round or GroupKind.Square)) return true;
        return false;
    }

    /// <summary>What is no blank, with its weight; null for a text that A1111 fails on.</summary>
    private static List<(char Character, double Weight)>? Characters(SyntaxTree tree)
    {
        var text = tree.Text.ToString().ToCharArray();
        foreach (ref readonly var mark in tree.Marks)
            if (mark.Kind == MarkKind.Comment) text.AsSpan(mark.Span.Start, mark.Span.Length).Fill(' ');

        var dialect = tree.Options.Dialect;
        var weights = new EffectiveWeights();
        weights.Read(text, dialect, tree.Options.Form == TextForm.Negative);
        if (weights.Error is not null) return null;

        var characters = new List<(char, double)>(text.Length);
        foreach (ref readonly var run in weights.Runs)
        {
            if (run.IsBreak) continue;
            for (var i = run.Start; i < run.End; i++)
            {
                if (dialect == Dialect.ComfyUI && text[i] == '\\' && i + 1 < run.End && text[i + 1] is '(' or ')') continue;
                if (!char.IsWhiteSpace(text[i])) characters.Add((text[i], run.Weight));
            }
        }

        return characters;
    }
}
