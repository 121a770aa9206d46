using Kohaku.Analysis.Configuration;
using Kohaku.Files;
using Kohaku.Syntax;

namespace Kohaku.Cli.Linting;

/// <summary>How a host's prompts are parsed, and what must stay as it is when they are rewritten.</summary>
internal static class Reading
{
    /// <summary>How a prompt of a form is parsed under these settings.</summary>
    public static ParseOptions Of(PromptForm form, Settings settings) => form switch
    {
        PromptForm.Positive => new ParseOptions(TextForm.Positive, settings.Dialect, settings.DynamicPrompts, Comments: false),
        PromptForm.Negative => new ParseOptions(TextForm.Negative, settings.Dialect, settings.DynamicPrompts, Comments: false),
        PromptForm.Infotext => new ParseOptions(TextForm.Library, settings.Dialect, settings.DynamicPrompts, Comments: false),
        _ => new ParseOptions(TextForm.Library, settings.Dialect, settings.DynamicPrompts),
    };

    /// <summary>Whether a new text still has what the host fills in later (<c>{prompt}</c>), in its order.</summary>
    public static bool KeepsHoles(HostText text, string newText)
    {
        var from = 0;
        foreach (var hole in text.Holes)
        {
            var written = text.Text.AsSpan(hole.Start, hole.Length);
            var at = newText.AsSpan(from).IndexOf(written);
            if (at < 0) return false;

            from += at + hole.Length;
        }

        return true;
    }
}
