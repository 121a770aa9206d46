using System.Text;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Outlining;

/// <summary>What an outline calls a prompt: its characters, or its first tags.</summary>
internal static class PromptName
{
    private const int MostTags = 3;
    private const int Longest = 80;

    /// <summary>The name; never blank.</summary>
    public static string Of(PromptView positive)
    {
        var characters = Join(positive, static tag => tag.Special == SpecialKind.None && tag is { IsTag: true, Category: TagCategory.Character });
        if (characters.Length > 0) return characters;

        var first = Join(positive, static _ => true);
        return first.Length > 0 ? first : "(empty)";
    }

    /// <summary>A text as one line that an outline can show; never blank.</summary>
    public static string Line(ReadOnlySpan<char> text)
    {
        var name = new StringBuilder(int.Min(text.Length, Longest) + 1);
        foreach (var c in text.Trim())
        {
            if (name.Length == Longest) return name.Append('…').ToString();
            name.Append(char.IsControl(c) || char.IsWhiteSpace(c) ? ' ' : c);
        }

        return name.Length == 0 || name.ToString().AsSpan().IsWhiteSpace() ? "(empty)" : name.ToString();
    }

    private static string Join(PromptView side, Func<TagText, bool> wanted)
    {
        var name = new StringBuilder();
        var count = 0;
        foreach (ref readonly var tag in side.Tags)
        {
            if (!wanted(tag.Text)) continue;
            if (count > 0) name.Append(", ");
            name.Append(tag.Text.Text);
            if (++count == MostTags || name.Length > Longest) break;
        }

        return name.Length == 0 ? "" : Line(name.ToString());
    }
}
