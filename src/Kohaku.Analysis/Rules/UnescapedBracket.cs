using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag's own brackets that the generator reads as emphasis.</summary>
/// <remarks>
/// <b>Why</b> <c>miku (vocaloid)</c> weights <c>vocaloid</c> by 1.1 and drops the brackets the model was trained with;
/// <c>sonetto (reverse:1999)</c> weights <c>reverse</c> by 1999.
/// <b>Bad</b> <c>1girl, [|hatsune miku (vocaloid)|]</c>
/// <b>Good</b> <c>1girl, hatsune miku \(vocaloid\)</c>
/// <b>Fix</b> Safe: a backslash before each of the tag's brackets.
/// </remarks>
internal sealed class UnescapedBracket : Rule
{
    public override RuleInfo Info { get; } = new("KHK202", "unescaped-bracket", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.HasBareBrackets || tag.Text.HasSingleBracket) continue;
            var escaped = Edit.Escape(tag.Text.Text, prompt.Tree.Options.Dialect);
            if (prompt.Slice(tag.Span).SequenceEqual(escaped)) continue;
            report.Add(this, tag.Span, $"the brackets of `{tag.Text.Text}` are read as emphasis")
                .Help($"write `{escaped}`")
                .Safe("Escape the brackets", Edit.Replace(tag, escaped));
        }
    }
}
