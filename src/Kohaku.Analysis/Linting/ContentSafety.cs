using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Text;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>Which prompts nobody mends, formats or generates: those that mark a subject as a minor and are sexual (KHK901).</summary>
public static class ContentSafety
{
    private const TagTraits Both = TagTraits.Minor | TagTraits.Sexual;

    /// <summary>Whether a positive prompt is refused. Asked of a prompt without such words, it costs one test.</summary>
    public static bool Refuses(PromptView prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var traits = prompt.Traits & Both;
        return traits != 0 && !prompt.IsNegative && (traits | OfNetworks(prompt)) == Both;
    }

    /// <summary>Whether any prompt of a tree is refused.</summary>
    public static bool Refuses(SyntaxTree tree, Settings settings, LintServices services)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(services);
        var view = new PromptView();
        var texts = new TagTexts(services.Lookup, settings);
        for (var i = 0; i < tree.Prompts.Length; i++)
        {
            view.Fill(tree, i, tree.Prompts[i].Positive, settings, services, texts);
            if (Refuses(view)) return true;
        }

        return false;
    }

    private static TagTraits OfNetworks(PromptView prompt)
    {
        var traits = TagTraits.None;
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind != MarkKind.Network) continue;
            var found = ContentWords.Read(prompt.Slice(mark.Span));
            traits |= (found.Minor ? TagTraits.Minor : 0) | (found.Sexual ? TagTraits.Sexual : 0);
        }

        return traits;
    }
}
