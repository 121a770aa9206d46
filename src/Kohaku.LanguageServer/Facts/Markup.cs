using System.Text;

namespace Kohaku.LanguageServer.Facts;

/// <summary>Markdown for people's own names, and back.</summary>
internal static class Markup
{
    /// <summary>A text that Markdown shows as it is.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 4);
        foreach (var c in text)
        {
            if (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c))) escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>The text without the marks that facts are written with: strong words, escapes; of a link its address.</summary>
    public static string Plain(string markdown)
    {
        var plain = new StringBuilder(markdown.Length);
        for (var i = 0; i < markdown.Length; i++)
        {
            if (markdown[i] == '\\' && i + 1 < markdown.Length) plain.Append(markdown[++i]);
            else if (markdown[i] == ']' && i + 1 < markdown.Length && markdown[i + 1] == '(') plain.Append(": ");
            else if (markdown[i] is not ('*' or '[' or ']' or '(' or ')')) plain.Append(markdown[i]);
        }

        return plain.ToString();
    }
}
