using Kohaku.Analysis.Linting;
using Kohaku.Fuzzing.Engine;
using Kohaku.Syntax;

namespace Kohaku.Fuzzing.Texts;

/// <summary>The prompts that content safety refuses (KHK901): whatever is done to a text, they stay as they are.</summary>
internal static class Refused
{
    /// <summary>The refused prompts of a tree, as texts.</summary>
    public static List<string> Of(SyntaxTree tree, PromptReader reader)
    {
        var refused = new List<string>();
        for (var i = 0; i < tree.Prompts.Length; i++)
            if (ContentSafety.Refuses(reader.Read(tree, i).Positive)) refused.Add(tree.Slice(tree.Prompts[i].Span).ToString());
        return refused;
    }

    /// <summary>The refused prompts must stand in a text as they stood, in their order.</summary>
    public static void MustStay(List<string> refused, string after)
    {
        var at = 0;
        foreach (var prompt in refused)
        {
            var found = after.IndexOf(prompt, at, StringComparison.Ordinal);
            Must.Hold(found >= 0, "a refused prompt stays as it is", () => Shown.Of(prompt));
            at = found + prompt.Length;
        }
    }
}
