using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a prompt that ends in <c>:number</c>: A1111 weights all of it by that.</summary>
/// <remarks>
/// <b>Why</b> The number at the end of a prompt is the weight of an <c>AND</c> part, also where there is no <c>AND</c>: <c>1girl, :3</c> is <c>1girl,</c> at 3.
/// <b>Bad</b> <c>1girl, [|:3|]</c>
/// <b>Good</b> <c>1girl, :3,</c>
/// <b>Fix</b> Safe where the number belongs to a tag: a comma behind it. Unsafe where it was a tag's weight: brackets.
/// </remarks>
internal sealed class WholePromptWeight : Rule
{
    public override RuleInfo Info { get; } = new("KHK206", "whole-prompt-weight", Severity.Warning);

    public override void Check(PromptView prompt, Report report)
    {
        foreach (ref readonly var part in prompt.Parts)
        {
            if (part.WeightSpan.Length == 0) continue;
            var end = part.WeightSpan.End;
            var tag = LastTag(prompt, end);
            var isName = tag >= 0 && prompt.Tags[tag].Text.IsTag;
            if (prompt.Parts.Length > 1 && !isName) continue;
            var start = end - prompt.Slice(part.WeightSpan).TrimStart().Length;
            var finding = report.Add(this, TextSpan.FromBounds(start, end), $"this number weights the whole prompt by {part.Weight}");
            if (isName)
            {
                finding.Safe("Add a comma", Edit.Insert(end, ","));
                continue;
            }

            if (tag >= 0 && prompt.Tags[tag].Group < 0 && IsWeighted(prompt, prompt.Tags[tag]))
                finding.Unsafe("Weight the last tag alone", Edit.Insert(prompt.Tags[tag].Span.Start, "("), Edit.Insert(end, ")"));
            finding.Help("a comma behind it makes it text").Choice("Add a comma", Edit.Insert(end, ","));
        }
    }

    private static int LastTag(PromptView prompt, int end)
    {
        var tag = Weights.LastTagFrom(prompt, end - 1);
        return tag >= 0 && prompt.Tags[tag].Span.End == end ? tag : -1;
    }

    private static bool IsWeighted(PromptView prompt, in TagView tag)
    {
        var written = tag.Text.Written.AsSpan();
        var colon = written.LastIndexOf(':');
        return colon > 0 && tag.Pieces.Count == 1 && prompt.Lookup.TryFind(written[..colon].TrimEnd(), out _);
    }
}
