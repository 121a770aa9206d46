using Kohaku.Syntax;

namespace Kohaku.Analysis.Formatting;

/// <summary>One blank behind a colon, a comma and a blank between pairs: as A1111 writes the line.</summary>
internal static class ParameterLayout
{
    /// <summary>The edits for a prompt's parameter line and negative header, in order.</summary>
    public static void Add(SyntaxTree tree, in PromptNode prompt, List<TextEdit> edits)
    {
        var parameters = tree.Parameters[prompt.Parameters.First..prompt.Parameters.End];
        for (var i = 0; i < parameters.Length; i++)
        {
            var (key, value) = parameters[i];
            if (i > 0) Replace(tree, TextSpan.FromBounds(TrimmedEnd(tree, parameters[i - 1].Value), key.Start), ", ", edits);
            if (value.Length > 0) Replace(tree, TextSpan.FromBounds(key.End, value.Start), ": ", edits);
        }
    }

    private static int TrimmedEnd(SyntaxTree tree, TextSpan value) => value.Start + tree.Slice(value).TrimEnd().Length;

    private static void Replace(SyntaxTree tree, TextSpan span, string text, List<TextEdit> edits)
    {
        if (!tree.Slice(span).SequenceEqual(text)) edits.Add(new TextEdit(span, text));
    }
}
