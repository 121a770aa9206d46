using System.Text;

namespace Kohaku.Cli.Reporters;

/// <summary>Text for XML 1.0.</summary>
internal static class XmlText
{
    /// <summary>Appends text for an attribute or an element; what XML cannot hold becomes U+FFFD.</summary>
    public static void Append(StringBuilder output, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            switch (character)
            {
                case '&': output.Append("&amp;"); break;
                case '<': output.Append("&lt;"); break;
                case '>': output.Append("&gt;"); break;
                case '"': output.Append("&quot;"); break;
                case '\n': output.Append("&#10;"); break;
                case '\r': output.Append("&#13;"); break;
                case '\t': output.Append("&#9;"); break;
                default:
                    if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    {
                        output.Append(text.AsSpan(i, 2));
                        i++;
                    }
                    else
                    {
                        output.Append(character < ' ' || char.IsSurrogate(character) || character >= '\uFFFE' ? '\uFFFD' : character);
                    }

                    break;
            }
        }
    }
}
