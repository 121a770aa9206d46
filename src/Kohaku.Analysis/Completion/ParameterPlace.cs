using Kohaku.Syntax;
using Kohaku.Syntax.Parsing;

namespace Kohaku.Analysis.Completion;

/// <summary>Places in a parameter line, also in one that is none yet as a field of it is being written.</summary>
internal static class ParameterPlace
{
    /// <summary>The place in the last line of a prompt, if that is one of parameters.</summary>
    public static bool TryRead(SyntaxTree tree, int offset, out CompletionPlace place)
    {
        place = CompletionPlace.Nothing;
        if (tree.Options.Form != TextForm.Library) return false;

        var text = tree.Text;
        var line = PlaceReader.LineAt(text, offset);
        ref readonly var prompt = ref tree.Prompts[PlaceReader.PromptAt(tree, offset)];
        if (!text[line.Start..line.End].Contains(':') || !IsLast(text, line, prompt.Span) || text[line.Start..line.End].StartsWith("Negative prompt:")) return false;
        if (!ParameterLine.TryFieldAt(text, line, offset, out var field)) return false;

        place = Field(text, field, offset);
        return true;
    }

    /// <summary>Whether only blanks follow a line in its prompt.</summary>
    public static bool IsLast(ReadOnlySpan<char> text, TextSpan line, TextSpan prompt) => line.End >= prompt.End || text[line.End..prompt.End].IsWhiteSpace();

    private static CompletionPlace Field(ReadOnlySpan<char> text, ParameterField field, int offset)
    {
        if (!field.HasColon || offset <= field.Key.End)
        {
            // Before the key stand blanks and a comma: nothing is to be replaced there.
            var key = offset < field.Key.Start ? new TextSpan(offset, 0) : field.Key;
            var isGlued = key.Start > 0 && text[key.Start - 1] == ',';
            return new CompletionPlace(PlaceKind.ParameterKey, offset, key)
            {
                Query = text[key.Start..offset].ToString(),
                Before = isGlued ? " " : "",
                Behind = field.HasColon ? "" : ": ",
            };
        }

        var value = offset < field.Value.Start ? TextSpan.FromBounds(offset, offset) : offset > field.Value.End ? TextSpan.FromBounds(field.Value.Start, offset) : field.Value;
        return new CompletionPlace(PlaceKind.ParameterValue, offset, value)
        {
            Query = text[value.Start..offset].ToString(),
            Before = text[value.Start - 1] == ':' ? " " : "",
            Subject = text[field.Key.Start..field.Key.End].ToString(),
        };
    }
}
