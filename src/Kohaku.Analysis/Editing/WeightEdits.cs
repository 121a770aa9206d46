using System.Globalization;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>The weight keys: raise, lower, remove, wrap. Numbers are decimal, so that 1.0 and 0.1 are 1.1.</summary>
internal static class WeightEdits
{
    /// <summary>What one key stroke changes a tag's weight by.</summary>
    public const decimal Step = 0.1m;

    /// <summary>What one key stroke changes a network's weight by.</summary>
    public const decimal NetworkStep = 0.05m;

    private const double Largest = 1_000_000;

    /// <summary>Weights of a selection, so many steps up or down.</summary>
    public static void Shift(PromptView prompt, TextSpan selection, int steps, List<TextEdit> edits)
    {
        var networks = AddNetworks(prompt, selection, steps, edits);
        if (networks && selection.Length == 0) return;
        foreach (var target in EmphasisTargets.Find(prompt, selection))
        {
            if (Own(prompt, target, toGrid: true) is not { } own) continue;

            // A weight below 0 means nothing to the model: the keys do not lead there.
            var shifted = own + (steps * Step);
            Write(prompt, target, shifted < 0 && own >= 0 ? 0 : shifted, edits);
        }
    }

    /// <summary>Takes the own brackets and weights of a selection away.</summary>
    public static void Remove(PromptView prompt, TextSpan selection, List<TextEdit> edits)
    {
        foreach (var target in EmphasisTargets.Find(prompt, selection))
            if (target.HasBrackets) Write(prompt, target, Neutral(prompt, target), edits);
    }

    /// <summary>Puts brackets with a weight round a selection, whatever brackets it has.</summary>
    public static void Wrap(PromptView prompt, TextSpan selection, List<TextEdit> edits)
    {
        foreach (var target in EmphasisTargets.Find(prompt, selection))
        {
            var whole = target.Whole(prompt.Tree);
            edits.Add(new TextEdit(new TextSpan(whole.Start, 0), "("));
            BracketEdits.AddEscapes(prompt, target, edits);
            edits.Add(new TextEdit(new TextSpan(whole.End, 0), $":{Number(1 + Step)})"));
        }
    }

    /// <summary>A number with at most six digits behind the point and no needless zeros.</summary>
    public static string Number(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>
    /// A target's own weight: in A1111 its brackets multiplied, in ComfyUI what its text has. Null where a number cannot be read or is out of all bounds.
    /// </summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="target">The target.</param>
    /// <param name="toGrid">Whether bare brackets are taken as the nearest step: <c>((a))</c> as 1.2.</param>
    private static decimal? Own(PromptView prompt, in EmphasisTarget target, bool toGrid)
    {
        var groups = prompt.Tree.Groups;
        if (!target.HasBrackets) return Neutral(prompt, target);

        var isComfy = prompt.Tree.Options.Dialect == Dialect.ComfyUI;
        var (product, isBare, count) = (1.0, true, 0);
        for (var i = target.Inner; ; i = groups[i].Parent)
        {
            if (groups[i].HasWeight && double.IsNaN(groups[i].Number)) return null;
            isBare &= !groups[i].HasWeight;
            if (!isComfy || count == 0) product *= groups[i].Multiplier;
            count++;
            if (i == target.Outer) break;
        }

        if (!(Math.Abs(product) < Largest)) return null;
        if (isBare && toGrid) return Math.Round((decimal)product / Step) * Step;
        return count == 1 ? (decimal)product : Math.Round((decimal)product, 3);
    }

    /// <summary>The weight that the text has without brackets of its own, as far as they decide it.</summary>
    private static decimal Neutral(PromptView prompt, in EmphasisTarget target)
    {
        if (prompt.Tree.Options.Dialect != Dialect.ComfyUI || target.Around < 0) return 1;

        var outer = prompt.Tree.Groups[target.Around].Multiplier;
        return Math.Abs(outer) < Largest ? Math.Round((decimal)outer, 6) : 1;
    }

    private static void Write(PromptView prompt, in EmphasisTarget target, decimal weight, List<TextEdit> edits)
    {
        var isPlain = weight == Neutral(prompt, target) && !BecomesNumber(prompt, target);
        var whole = target.Whole(prompt.Tree);
        AddChange(prompt, TextSpan.FromBounds(whole.Start, target.Content.Start), isPlain ? "" : "(", edits);
        BracketEdits.AddEscapes(prompt, target, edits);
        AddChange(prompt, TextSpan.FromBounds(target.Content.End, whole.End), isPlain ? "" : $":{Number(weight)})", edits);
    }

    /// <summary>Without its brackets, a text that ends in <c>:3</c> would weigh the whole prompt (KHK206), or its bracket.</summary>
    private static bool BecomesNumber(PromptView prompt, in EmphasisTarget target)
    {
        if (!target.HasBrackets) return false;

        var rest = prompt.Slice(target.Content).TrimEnd("0123456789.+- \t");
        if (rest.Length == target.Content.Length || !rest.EndsWith(":")) return false;

        var at = target.Whole(prompt.Tree).End;
        while (at < prompt.Side.Span.End && char.IsWhiteSpace(prompt.Text[at])) at++;
        return at == prompt.Side.Span.End || prompt.Text[at] != ',';
    }

    /// <summary>Replaces what differs, and nothing else.</summary>
    private static void AddChange(PromptView prompt, TextSpan span, string text, List<TextEdit> edits)
    {
        var before = prompt.Slice(span);
        if (before.SequenceEqual(text)) return;

        var prefix = before.CommonPrefixLength(text);
        var suffix = 0;
        while (suffix < int.Min(before.Length, text.Length) - prefix && before[^(suffix + 1)] == text[^(suffix + 1)]) suffix++;
        edits.Add(new TextEdit(new TextSpan(span.Start + prefix, span.Length - prefix - suffix), text[prefix..^suffix]));
    }

    private static bool AddNetworks(PromptView prompt, TextSpan selection, int steps, List<TextEdit> edits)
    {
        var any = false;
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind != MarkKind.Network) continue;
            var isMeant = selection.Length == 0 ? mark.Span.Start <= selection.Start && selection.Start <= mark.Span.End : mark.Span.Overlaps(selection);
            if (!isMeant) continue;
            NetworkEdits.AddShift(prompt, mark.Span, steps * NetworkStep, edits);
            any = true;
        }

        return any;
    }
}
