using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a backslash that escapes nothing: A1111 drops it.</summary>
/// <remarks>
/// <b>Why</b> <c>\m/</c> reaches the model as <c>m/</c>; it must be written <c>\\m/</c>.
/// <b>Bad</b> <c>1girl, [|\m/|]</c>
/// <b>Good</b> <c>1girl, \\m/, miku \(vocaloid\)</c>
/// <b>Fix</b> Safe: doubles the backslash of a known tag; removes it where the rest is one.
/// </remarks>
internal sealed class BackslashInTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK211", "backslash-in-tag", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Tree.Options.Dialect != Dialect.A1111) return;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.Text.HasLoneBackslash || tag.IsReference || tag.Pieces.Count > 1) continue;
            var finding = report.Add(this, tag.Span, $"the backslash in `{tag.Text.Written}` is lost");
            if (tag.Text.IsTag)
            {
                var escaped = Edit.Escape(tag.Text.Text);
                finding.Help($"write `{escaped}`").Safe("Double the backslash", Edit.Replace(tag, escaped));
                continue;
            }

            var without = Without(tag.Text.Written);
            if (prompt.Lookup.TryFind(without, out _)) finding.Safe("Remove the backslash", Edit.Replace(tag, without));
            else finding.Help("write `\\\\` where it shall stay");
        }
    }

    private static string Without(string written)
    {
        var kept = new System.Text.StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            var next = i + 1 < written.Length ? written[i + 1] : ' ';
            if (written[i] != '\\') kept.Append(written[i]);
            else if (next is '(' or ')' or '[' or ']' or '\\' or '|') kept.Append(written[i]).Append(written[++i]);
        }

        return kept.ToString();
    }
}
