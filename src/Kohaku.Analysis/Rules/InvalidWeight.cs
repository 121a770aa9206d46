using System.Buffers;
using System.Globalization;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a weight that is no number, or that stands where weights are not read.</summary>
/// <remarks>
/// <b>Why</b> A1111 fails on <c>(a:1.2.3)</c>, takes <c>(a:1,2)</c> for the text <c>a:1,2</c> at 1.1, and ComfyUI takes <c>inf</c> and <c>1e1</c> for weights.
/// <b>Bad</b> <c>1girl, (smile:[|1,2|])</c>
/// <b>Good</b> <c>1girl, (smile:1.2)</c>
/// <b>Fix</b> Safe where the number is plain to see: a point for the comma, no comma behind it, no colon without a number.
/// </remarks>
internal sealed class InvalidWeight : Rule
{
    private const int LongestTail = 24;

    /// <summary>Larger numbers behind a colon are names, times or parameters.</summary>
    private const double LargestWeight = 10;

    private static readonly SearchValues<char> TailCharacters = SearchValues.Create("0123456789., ");
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.,+-eE");

    public override RuleInfo Info { get; } = new("KHK203", "invalid-weight", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        foreach (ref readonly var group in prompt.Groups)
        {
            if (group.Kind != GroupKind.Round || !group.IsClosed) continue;
            if (group.HasWeight) CheckNumber(prompt, report, group);
            else CheckTail(prompt, report, group);
        }

        foreach (ref readonly var tag in prompt.Tags)
            if (!tag.Text.IsKnown && tag.Text.Written.Contains(':')) CheckTag(prompt, report, tag);
    }

    private void CheckNumber(PromptView prompt, Report report, in GroupNode group)
    {
        var span = Weights.NumberSpan(prompt, group);
        var written = prompt.Slice(span);
        if (double.IsNaN(group.Number))
            report.Add(this, span, $"`{written}` is no number: the generator fails on it").Help("write one number with one point, as in 1.2");
        else if (!double.IsFinite(group.Number))
            report.Add(this, span, $"`{written}` is no usable weight").Help("write a number, as in 1.2");
        else if (written.ContainsAny("eE"))
            report.Add(this, span, $"`{written}` is a weight of {group.Number}").Safe("Write the number out", new TextEdit(span, Edit.Number(group.Number)));
    }

    /// <summary>What stands between the last colon and the bracket that closes: <c>(a:)</c>, <c>(a:1,2)</c>, <c>(a:1.2,)</c>, <c>(a:inf)</c>.</summary>
    private void CheckTail(PromptView prompt, Report report, in GroupNode group)
    {
        var text = prompt.Text;
        var first = int.Max(group.Open + 1, group.Close - LongestTail);
        var colon = text[first..group.Close].LastIndexOf(':');
        if (colon < 0 || (colon += first) == group.Open + 1 || text[colon - 1] == ',' || Weights.IsInBareTag(prompt, group.Close)) return;
        var tail = text[(colon + 1)..group.Close].Trim();
        var span = TextSpan.FromBounds(colon + 1, group.Close);
        if (tail.IsEmpty)
        {
            if (IsTag(prompt, colon, colon + 1)) return;
            report.Add(this, new TextSpan(colon, 1), "no number follows the colon: it is text")
                .Safe("Remove the colon", Edit.Delete(TextSpan.FromBounds(colon, group.Close)));
        }
        else if (tail.EndsWith(',') && Weights.IsNumber(tail[..^1].Trim()))
        {
            var number = tail[..^1].Trim();
            if (IsTag(prompt, colon, colon + 1 + text[(colon + 1)..].IndexOf(number) + number.Length)) return;
            report.Add(this, span, "the comma behind it makes this weight text").Safe("Remove the comma", new TextEdit(span, number.ToString()));
        }
        else if (tail.Count(',') == 1 && Weights.IsNumber(tail[..tail.IndexOf(',')]) && char.IsAsciiDigit(tail[^1]) && Weights.IsNumber(tail[(tail.IndexOf(',') + 1)..]))
        {
            report.Add(this, span, $"`{tail}` has a decimal comma, so it is text").Safe("Write a decimal point", new TextEdit(span, tail.ToString().Replace(',', '.')));
        }
        else if (IsPythonNumber(tail))
        {
            report.Add(this, span, $"`{tail}` is text here, not a weight").Help("write a plain number, as in 1.2");
        }
    }

    /// <summary><c>smile:1.2, solo</c>, <c>(smile:1.2, solo:1.3)</c>: a weight counts only before the bracket that closes.</summary>
    private void CheckTag(PromptView prompt, Report report, in TagView tag)
    {
        var written = tag.Text.Written.AsSpan();
        var colon = written.LastIndexOf(':');
        if (colon < 0 || colon + 1 == written.Length || !char.IsAsciiDigit(written[^1]) || tag.Pieces.Count > 1) return;
        var part = prompt.Tree.Parts[tag.Part];
        if (part.WeightSpan.Length > 0 && part.WeightSpan.End == tag.Span.End) return;
        if (!double.TryParse(written[(colon + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || Math.Abs(weight) > LargestWeight) return;
        if (colon == 0)
        {
            CheckBehind(prompt, report, tag);
            return;
        }

        if (IsTail(prompt, tag) || !Weights.IsNumber(written[(colon + 1)..].Trim()) || !prompt.Lookup.TryFind(written[..colon].TrimEnd(), out _)) return;
        var span = TextSpan.FromBounds(tag.Span.Start + colon, tag.Span.End);
        var finding = report.Add(this, span, $"`{prompt.Slice(span)}` is text here: a weight stands at the end of a bracket");
        if (tag.Group >= 0) finding.Help("give the tag brackets of its own, as in (smile:1.2)");
        else finding.Unsafe("Add brackets", Edit.Insert(tag.Span.Start, "("), Edit.Insert(tag.Span.End, ")"));
    }

    /// <summary><c>(smile):1.2</c>: the number stands behind the bracket.</summary>
    private void CheckBehind(PromptView prompt, Report report, in TagView tag)
    {
        var bracket = tag.Span.Start - 1;
        if (bracket < prompt.Side.Span.Start || prompt.Text[bracket] != ')') return;
        report.Add(this, tag.Span, $"`{prompt.Slice(tag.Span)}` is text here: a weight stands at the end of a bracket, not behind it")
            .Unsafe("Move it into the bracket", Edit.Insert(bracket, tag.Text.Written), Edit.Delete(tag.Span));
    }

    /// <summary>Whether nothing but a number follows in its bracket: <see cref="CheckTail"/> has seen it.</summary>
    private static bool IsTail(PromptView prompt, in TagView tag)
    {
        if (tag.Group < 0) return false;
        ref readonly var group = ref prompt.Tree.Groups[tag.Group];
        return group is { Kind: GroupKind.Round, HasWeight: false } && group.Close > tag.Span.End && group.Close - tag.Span.End < LongestTail
            && !prompt.Text[tag.Span.End..group.Close].ContainsAnyExcept(TailCharacters);
    }

    private static bool IsTag(PromptView prompt, int colon, int end)
    {
        var start = colon;
        while (start > prompt.Side.Span.Start && prompt.Text[start - 1] is not (',' or '(' or '\n' or '\r' or '[' or '|')) start--;
        return prompt.Lookup.TryFind(prompt.Text[start..end], out _);
    }

    private static bool IsPythonNumber(ReadOnlySpan<char> text)
    {
        if (text.Equals("inf", StringComparison.OrdinalIgnoreCase) || text.Equals("nan", StringComparison.OrdinalIgnoreCase)) return true;
        return !text.ContainsAnyExcept(NumberCharacters) && char.IsAsciiDigit(text[^1]) && !char.IsAsciiLetter(text[0]) && text.ContainsAny("eE,");
    }
}
