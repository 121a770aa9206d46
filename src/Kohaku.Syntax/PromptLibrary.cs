using Kohaku.Syntax.Parsing;

namespace Kohaku.Syntax;

/// <summary>A <c>.prompt</c> file as a succession of prompts, for those who read them one by one.</summary>
public static class PromptLibrary
{
    /// <summary>
    /// Divides a text into stretches, each of which <see cref="SyntaxTree"/> reads by itself as it reads it in the whole: one prompt each. The lines <c>---</c> between them belong to none.
    /// </summary>
    public static IReadOnlyList<TextSpan> Divide(ReadOnlySpan<char> text)
    {
        var prompts = new List<TextSpan>();
        var start = 0;
        for (var from = 0; ;)
        {
            var end = LibraryParser.FindSeparator(text, from, out var next);

            // Alone, a mark at its beginning would be read as the file's byte order mark: such a prompt stays with the one before it.
            if (next >= 0 && next < text.Length && text[next] == '\uFEFF')
            {
                from = next;
                continue;
            }

            prompts.Add(TextSpan.FromBounds(start, end));
            if (next < 0) return prompts;
            start = from = next;
        }
    }
}
