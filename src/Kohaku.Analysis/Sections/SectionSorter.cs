using System.Runtime.InteropServices;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Sections;

/// <summary>Sorts the sections of positive prompts as the model was trained with them (KHK101, and the editor's action on source).</summary>
public sealed class SectionSorter
{
    private readonly SectionText _text = new();
    private readonly SectionProof _proof = new();
    private readonly List<TextEdit> _edits = [];

    internal SectionRange Range { get; } = new();

    internal SectionRanking Ranking { get; } = new();

    /// <summary>The edits that sort a prompt; none where it is in order, or where sorting would change what it says.</summary>
    /// <param name="tree">The text.</param>
    /// <param name="prompt">Row of <see cref="SyntaxTree.Prompts"/>.</param>
    /// <param name="settings">The configuration, whose profile says the order.</param>
    /// <param name="services">The tag lists.</param>
    public static IReadOnlyList<TextEdit> Sort(SyntaxTree tree, int prompt, Settings settings, LintServices services)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(services);
        var view = new PromptView();
        view.Fill(tree, prompt, tree.Prompts[prompt].Positive, settings, services, new TagTexts(services.Lookup, settings));
        return ContentSafety.Refuses(view) ? [] : [.. new SectionSorter().Sort(view)];
    }

    /// <summary>The same for a side that is looked up already; valid until the next call.</summary>
    internal ReadOnlySpan<TextEdit> Sort(PromptView prompt)
    {
        _edits.Clear();
        if (!Range.Begin(prompt)) return [];
        while (Range.Next())
        {
            if (Ranking.Rank(Range.Items, prompt.Profile.Sections.Count) && _text.Sort(prompt, Range) is { } edit) _edits.Add(edit);
        }

        var edits = CollectionsMarshal.AsSpan(_edits);
        return edits.Length > 0 && _proof.Holds(prompt, edits) ? edits : [];
    }
}
