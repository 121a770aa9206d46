using Kohaku.Files;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Cli.Tokens;

/// <summary>The prompts of a document as the generator gets them: without comments and parameters.</summary>
internal static class PromptTexts
{
    /// <summary>Positive prompts, each with its negative prompt where it has one.</summary>
    public static IEnumerable<(string Positive, string? Negative)> Of(HostDocument document, Dialect dialect)
    {
        foreach (var prompt in document.Prompts)
        {
            if (prompt.Form is PromptForm.Positive or PromptForm.Negative)
            {
                yield return (prompt.Text.Text, prompt.Negative?.Text);
                continue;
            }

            var options = new ParseOptions(TextForm.Library, dialect, Comments: prompt.Form == PromptForm.Library);
            var tree = SyntaxTree.Parse(prompt.Text.Text, options);
            for (var i = 0; i < tree.Prompts.Length; i++)
            {
                var node = tree.Prompts[i];
                var positive = SideText.Of(tree, node.Positive);
                var negative = node.Negative < 0 ? prompt.Negative?.Text : SideText.Of(tree, node.Negative);
                if (positive.Length > 0 || negative is not null) yield return (positive, negative);
            }
        }
    }
}
