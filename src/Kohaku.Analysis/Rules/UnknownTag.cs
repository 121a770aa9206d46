using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Text;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags what looks like a tag and is in no list.</summary>
/// <remarks>
/// <b>Why</b> A mistyped tag is other tokens to the model: the picture misses what was asked for. Text that reads as language, and names of
/// embeddings, are not meant; <c>"sentences": "report"</c> reports all that no list knows.
/// <b>Bad</b> <c>1girl, [|blue eeyes|]</c>
/// <b>Good</b> <c>1girl, blue eyes, a castle on a hill</c>
/// <b>Fix</b> Unsafe: up to three tags that are spelled nearly so, nearest first, then by posts.
/// </remarks>
internal sealed class UnknownTag : Rule
{
    private const int MostSuggestions = 3;

    public override RuleInfo Info { get; } = new("KHK002", "unknown-tag", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Has(TagTraits.Unknown)) return;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.Is(TagTraits.Unknown) || IsPartOfAPhrase(prompt, tag)) continue;
            var finding = report.Add(this, tag.Span, $"`{tag.Text.Text}` is in no tag list");
            if (report.WantsSuggestions) Suggest(prompt, finding, tag);
        }
    }

    /// <summary><c>a (red) house on (fire:1.2)</c>: brackets cut a phrase, whose words are no tags.</summary>
    private static bool IsPartOfAPhrase(PromptView prompt, in TagView tag)
    {
        ref readonly var field = ref prompt.Tree.Fields[tag.Field];
        return field.Pieces.Count > 1 && prompt.Settings.Sentences == Configuration.SentencePolicy.Ignore && !tag.Text.Text.Contains(' ');
    }

    private static void Suggest(PromptView prompt, FindingBuilder finding, in TagView tag)
    {
        var named = 0;
        string? first = null;
        string? others = null;
        foreach (var hit in prompt.Lookup.Nearest(tag.Text.Text, MostSuggestions))
        {
            var name = prompt.Lookup[hit.Tag].Text;
            if (ContentWords.Read(name).Minor) continue;
            finding.Unsafe($"Write `{name}`", Edit.Replace(tag, Edit.Escape(name)));
            if (named++ == 0) first = name;
            else others += $", `{name}`";
        }

        if (first is not null) finding.Help($"did you mean `{first}`{others}?");
    }
}
