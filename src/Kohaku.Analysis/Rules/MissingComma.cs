using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags known tags that run together for want of a comma.</summary>
/// <remarks>
/// <b>Why</b> Training divided tags by commas; <c>1girl solo</c> reads as one phrase. A line end is a blank to the model.
/// <b>Bad</b> <c>[|1girl solo|], smile</c>
/// <b>Good</b> <c>1girl, solo, smile</c>
/// <b>Fix</b> Unsafe: the comma.
/// </remarks>
internal sealed class MissingComma : Rule
{
    public override RuleInfo Info { get; } = new("KHK215", "missing-comma", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        var tags = prompt.Tags;
        for (var i = 0; i < tags.Length; i++)
        {
            ref readonly var tag = ref tags[i];
            if (!tag.Text.IsKnown)
            {
                CheckWords(prompt, report, tag);
                continue;
            }

            if (i + 1 == tags.Length) break;
            ref readonly var next = ref tags[i + 1];
            if (!next.Text.IsKnown || next.Region != tag.Region || next.Part != tag.Part) continue;
            if (next.Field == tag.Field) i = CheckField(prompt, report, i);
            else if (IsLineEnd(prompt, tag, next) && !IsOneTag(prompt, tag, next)) ReportLineEnd(prompt, report, tag);
        }
    }

    private void CheckWords(PromptView prompt, Report report, in TagView tag)
    {
        if (tag.Pieces.Count != 1 || tag.IsReference) return;
        var ends = tag.Text.Split ??= TagSplit.Of(tag.Text.Written, prompt.Lookup, prompt.Profile);
        if (ends.Length == 0) return;
        var edits = new TextEdit[ends.Length];
        for (var i = 0; i < ends.Length; i++) edits[i] = Edit.Insert(tag.Span.Start + ends[i], ",");
        report.Add(this, tag.Span, $"`{tag.Text.Written}` is {ends.Length + 1} tags without a comma").Unsafe("Add the comma", edits);
    }

    /// <summary><c>(masterpiece) (best quality)</c>: pieces of one field that are known tags, every one.</summary>
    private int CheckField(PromptView prompt, Report report, int first)
    {
        var tags = prompt.Tags;
        var last = first;
        var areKnown = first == 0 || tags[first - 1].Field != tags[first].Field;
        while (last + 1 < tags.Length && tags[last + 1].Field == tags[first].Field)
        {
            last++;
            areKnown &= IsWhole(prompt, tags[last]) && tags[last].Region == tags[first].Region;
        }

        if (!areKnown || !IsWhole(prompt, tags[first])) return last;
        var edits = new TextEdit[last - first];
        for (var i = first; i < last; i++)
        {
            var end = Edit.Whole(prompt, tags[i]).End;
            if (end > Edit.Whole(prompt, tags[i + 1]).Start) return last;
            edits[i - first] = Edit.Insert(end, ",");
        }

        report.Add(this, prompt.Tree.Fields[tags[first].Field].Span, $"{last - first + 1} tags stand here without a comma").Unsafe("Add the comma", edits);
        return last;
    }

    private void ReportLineEnd(PromptView prompt, Report report, in TagView tag)
    {
        var field = prompt.Tree.Fields[tag.Field];
        report.Add(this, tag.Span, $"no comma stands behind `{prompt.Slice(tag.Span)}`, and a line end is a blank to the generator")
            .Unsafe("Add the comma", Edit.Insert(field.Span.End, ","));
    }

    /// <summary>Whether it is a tag to itself: a bare word beside brackets, as in <c>colorful (planets)</c>, is part of a phrase.</summary>
    private static bool IsWhole(PromptView prompt, in TagView tag)
    {
        if (!tag.Text.IsKnown) return false;
        if (tag.Text.Special is Profiles.SpecialKind.PeopleCount or Profiles.SpecialKind.Quality) return true;
        return tag.Text.Posts >= prompt.Settings.Thresholds.Weak && (tag.Text.Text.Contains(' ') || Edit.Whole(prompt, tag).Length > tag.Span.Length);
    }

    /// <summary>Whether only line ends stand between two tags; a comma may begin the next line.</summary>
    private static bool IsLineEnd(PromptView prompt, in TagView tag, in TagView next)
    {
        for (var field = tag.Field; field < next.Field; field++)
        {
            var separator = prompt.Tree.Fields[field].Separator;
            if (separator < 0 || prompt.Tree.Tokens[separator].Kind != TokenKind.LineBreak) return false;
        }

        return true;
    }

    /// <summary><c>long⏎hair</c>: a tag that a line end divides.</summary>
    private static bool IsOneTag(PromptView prompt, in TagView tag, in TagView next) =>
        prompt.Lookup.TryFind($"{tag.Text.Text} {next.Text.Text}", out _);
}
