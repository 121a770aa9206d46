using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Formatting;

/// <summary>Begins a line where a new section of the prompt begins.</summary>
internal static class SectionLines
{
    /// <summary>The changes for a side, in order: a line break behind the comma before each section.</summary>
    public static void Add(PromptView prompt, List<TextEdit[]> changes)
    {
        var tree = prompt.Tree;
        var lineEnd = Edit.LineEnd(tree.Text);
        var section = -1;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (tag.Text.Section < 0) continue;
            var isNew = section >= 0 && tag.Text.Section != section;
            section = tag.Text.Section;
            if (!isNew || tag.Field == prompt.Side.Fields.First) continue;
            var separator = tree.Fields[tag.Field - 1].Separator;
            if (separator < 0 || tree.Tokens[separator].Kind != TokenKind.Comma || tag.Field == 0) continue;
            var start = tree.Tokens[separator].End;
            var field = tree.Fields[tag.Field].Span.Start;

            // A field inside a bracket that began before keeps its line: the bracket is one thing.
            if (tag.Group >= 0 && Outermost(tree, tag.Group).Open < start) continue;
            if (tree.Text[start..field].ContainsAny('\n', '\r')) continue;
            changes.Add([new TextEdit(TextSpan.FromBounds(start, field), lineEnd)]);
        }
    }

    private static GroupNode Outermost(SyntaxTree tree, int group)
    {
        while (tree.Groups[group].Parent >= 0) group = tree.Groups[group].Parent;
        return tree.Groups[group];
    }
}
