using Kohaku.Analysis.Configuration;
using Kohaku.Files;
using Kohaku.Syntax;

namespace Kohaku.Workspace;

/// <summary>How a host's prompts are parsed, and what must stay as it is when they are rewritten.</summary>
public static class Reading
{
    /// <summary>How a prompt of a document is parsed under these settings; a host that tells its dialect is believed.</summary>
    public static ParseOptions Of(HostDocument document, PromptForm form, Settings settings)
    {
        var dialect = document.Dialect ?? settings.Dialect;

        // Records and styles are on their way to A1111, which takes comments out of every prompt; a prompt of the command line is wholly prompt.
        var comments = dialect == Dialect.A1111 && (document.Kind is InputKind.JsonLines or InputKind.Styles);
        return form switch
        {
            PromptForm.Positive => new ParseOptions(TextForm.Positive, dialect, settings.DynamicPrompts, comments),
            PromptForm.Negative => new ParseOptions(TextForm.Negative, dialect, settings.DynamicPrompts, comments),
            PromptForm.Infotext => new ParseOptions(TextForm.Library, dialect, settings.DynamicPrompts, Comments: false),
            _ => new ParseOptions(TextForm.Library, dialect, settings.DynamicPrompts),
        };
    }

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
