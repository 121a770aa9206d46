using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a face whose bracket or number is read as emphasis.</summary>
/// <remarks>
/// <b>Why</b> <c>&gt;:(</c> weights all that follows by 1.1, <c>;)</c> inside brackets closes them, and <c>(smile, :3)</c> is <c>smile,</c> at a weight of 3.
/// <b>Bad</b> <c>1girl, [|&gt;:(|], solo</c>
/// <b>Good</b> <c>1girl, &gt;:\(, solo</c>
/// <b>Fix</b> Safe: a backslash before the bracket; behind a number, the weight that was meant.
/// </remarks>
internal sealed class FaceBreaksEmphasis : Rule
{
    public override RuleInfo Info { get; } = new("KHK212", "face-breaks-emphasis", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        var dialect = prompt.Tree.Options.Dialect;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.HasBareBrackets || !tag.Text.HasSingleBracket || !IsRead(prompt, tag)) continue;
            var escaped = Edit.Escape(tag.Text.Text, dialect);

            // A square bracket is text in ComfyUI: where it alone is bare, nothing is to be escaped.
            if (prompt.Slice(tag.Span).SequenceEqual(escaped)) continue;
            report.Add(this, tag.Span, $"the bracket of `{tag.Text.Text}` is read as emphasis")
                .Help($"write `{escaped}`")
                .Safe("Escape the bracket", Edit.Replace(tag, escaped));
        }

        foreach (ref readonly var group in prompt.Groups)
        {
            if (!group.HasWeight || !Weights.TryTag(prompt, group, out var span) || Weights.IsInBareTag(prompt, group.Close)) continue;
            report.Add(this, span, $"`{prompt.Slice(span)}` is read as a weight of {group.Number}")
                .Help("write the weight of the brackets behind it")
                .Safe("Write the weight", Edit.Insert(span.End, ":1.1"));
        }
    }

    /// <summary>Whether the bracket opened or closed something. A lone <c>)</c> is text in A1111; in ComfyUI it switches off the weights behind it.</summary>
    private static bool IsRead(PromptView prompt, in TagView tag)
    {
        if (prompt.Tree.Pieces[tag.Pieces.End - 1].Span.End < tag.Span.End || prompt.Tree.Pieces[tag.Pieces.First].Span.End < tag.Span.End) return true;
        if (prompt.Tree.Options.Dialect != Dialect.ComfyUI || prompt.Groups.IsEmpty) return false;
        return prompt.Groups[^1].Open > tag.Span.Start;
    }
}
