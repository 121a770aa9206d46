using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Sections;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>The edits of a <see cref="PromptAction"/> in one tree. A prompt that content safety refuses (KHK901) is left alone.</summary>
public sealed class PromptEdits
{
    private readonly PromptReader _reader;
    private readonly SyntaxTree _tree;
    private readonly List<TextEdit> _edits = [];

    private PromptEdits(SyntaxTree tree, PromptReader reader) => (_tree, _reader) = (tree, reader);

    /// <summary>The edits: sorted, not overlapping; none where there is nothing to do, or where it would change how the file divides.</summary>
    /// <param name="action">Not <see cref="PromptAction.FixAll"/>, which needs a linter: <see cref="Fixes.FixApplier"/>.</param>
    /// <param name="tree">A <c>.prompt</c> file or a part of one.</param>
    /// <param name="reader">Looks its tags up.</param>
    /// <param name="selection">In the tree's text; empty for a cursor.</param>
    public static IReadOnlyList<TextEdit> Of(PromptAction action, SyntaxTree tree, PromptReader reader, TextSpan selection)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(reader);
        var edits = new PromptEdits(tree, reader);
        for (var i = 0; i < tree.Prompts.Length; i++)
            if (Touches(tree.Prompts[i].Span, selection)) edits.Add(action, i, selection);

        // Where an open bracket keeps ComfyUI from a weight, the weight is written and not in force.
        edits._edits.RemoveAll(edit => tree.Slice(edit.Span).SequenceEqual(edit.NewText));
        edits._edits.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : a.Span.End.CompareTo(b.Span.End));
        return edits.AreApart() && edits.KeepsStructure(action) ? edits._edits : [];
    }

    /// <summary>Whether a prompt is refused, so that no edit may touch it.</summary>
    public static bool IsRefused(SyntaxTree tree, PromptReader reader, int offset)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(reader);
        for (var i = 0; i < tree.Prompts.Length; i++)
            if (Touches(tree.Prompts[i].Span, new TextSpan(offset, 0)) && ContentSafety.Refuses(reader.Read(tree, i).Positive)) return true;
        return false;
    }

    private void Add(PromptAction action, int prompt, TextSpan selection)
    {
        var (positive, negative) = _reader.Read(_tree, prompt);
        if (ContentSafety.Refuses(positive)) return;

        switch (action)
        {
            case PromptAction.SortSections:
                foreach (var edit in new SectionSorter().Sort(positive)) _edits.Add(edit);
                break;
            case PromptAction.EmphasizeWeakTags:
                WeakTagEdits.Add(positive, _edits);
                break;
            case PromptAction.ToComfyUI or PromptAction.ToA1111:
                Convert(action, positive);
                if (negative is not null) Convert(action, negative);
                break;
            default:
                AddOfSide(action, positive, selection);
                if (negative is not null) AddOfSide(action, negative, selection);
                break;
        }
    }

    private void AddOfSide(PromptAction action, PromptView side, TextSpan selection)
    {
        var span = side.Side.Span;
        if (!Touches(span, selection) || IsInComment(side, selection)) return;

        switch (action)
        {
            case PromptAction.RaiseWeight:
                WeightEdits.Shift(side, selection, 1, _edits);
                break;
            case PromptAction.LowerWeight:
                WeightEdits.Shift(side, selection, -1, _edits);
                break;
            case PromptAction.RemoveWeight:
                WeightEdits.Remove(side, selection, _edits);
                break;
            case PromptAction.WrapSelection:
                WeightEdits.Wrap(side, selection, _edits);
                break;
            case PromptAction.EscapeBrackets:
                BracketEdits.AddEscapes(side, selection, _edits);
                break;
            case PromptAction.SplitAtBreak:
                BreakEdits.Add(side, selection, _edits);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "no action on a side of a prompt");
        }
    }

    private void Convert(PromptAction action, PromptView side)
    {
        var (from, to) = action == PromptAction.ToComfyUI ? (Dialect.A1111, Dialect.ComfyUI) : (Dialect.ComfyUI, Dialect.A1111);
        var span = side.Side.Span;
        var text = side.Slice(span).ToString();
        var form = side.IsNegative ? TextForm.Negative : TextForm.Positive;
        if (DialectWeights.Convert(text, _tree.Options with { Dialect = from, Form = form }, to) is not { } converted || converted == text) return;

        foreach (var edit in Files.TextDifference.Between(text, converted)) _edits.Add(new TextEdit(new TextSpan(edit.Span.Start + span.Start, edit.Span.Length), edit.NewText));
    }

    /// <summary>Brackets that cross each other can make two tags claim one of them: then nothing is done.</summary>
    private bool AreApart()
    {
        for (var i = 1; i < _edits.Count; i++)
            if (_edits[i].Span.Start < _edits[i - 1].Span.End) return false;
        return true;
    }

    /// <summary>No line may become a separator, a header or parameters, and no number the weight of a whole prompt.</summary>
    private bool KeepsStructure(PromptAction action)
    {
        if (_edits.Count == 0) return true;

        var after = SyntaxTree.Parse(Fixes.TextEdits.Apply(_tree.Text.ToString(), _edits), _tree.Options);
        return after.Prompts.Length == _tree.Prompts.Length && after.Sides.Length == _tree.Sides.Length && after.Parameters.Length == _tree.Parameters.Length
            && (action is PromptAction.ToA1111 or PromptAction.ToComfyUI || PartWeights(after) <= PartWeights(_tree));
    }

    private static int PartWeights(SyntaxTree tree)
    {
        var count = 0;
        foreach (ref readonly var part in tree.Parts)
            if (part.WeightSpan.Length > 0) count++;
        return count;
    }

    private static bool Touches(TextSpan span, TextSpan selection) => span.Start <= selection.End && selection.Start <= span.End;

    private static bool IsInComment(PromptView side, TextSpan selection)
    {
        foreach (ref readonly var mark in side.Marks)
            if (mark.Kind == MarkKind.Comment && mark.Span.Start < selection.Start && selection.End <= mark.Span.End) return true;
        return false;
    }
}
