using System.Buffers;
using System.Text;
using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>Strings of JSON in a host's text.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. "\"\\", .. Enumerable.Range(0, 0x20).Select(static unit => (char)unit)]);

    /// <summary>Decodes the string whose quotes stand at both ends of <paramref name="token"/>; broken escapes stay as they are.</summary>
    public static HostText Decode(string host, TextSpan token)
    {
        var map = new PositionMap(token.Start + 1);
        var raw = host.AsSpan(token.Start + 1, token.Length - 2);
        if (!raw.Contains('\\')) return new HostText(raw.ToString(), map, Escaping.Json, token);

        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length;)
        {
            var escape = raw[at..].IndexOf('\\');
            if (escape < 0)
            {
                text.Append(raw[at..]);
                break;
            }

            text.Append(raw.Slice(at, escape));
            at += escape;
            var (unit, length) = Unescape(raw[at..]);
            text.Append(unit);
            at += length;
            if (length > 1) map.Resume(text.Length, token.Start + 1 + at);
        }

        return new HostText(text.ToString(), map, Escaping.Json, token);
    }

    /// <summary>Writes a text between JSON's quotes: only what must be is escaped.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Escaped) && !HasSurrogates(text)) return text;

        var json = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) json.Append(unit).Append(text[++i]);
            else Append(json, unit);
        }

        return json.ToString();
    }

    private static void Append(StringBuilder json, char unit)
    {
        switch (unit)
        {
            case '"' or '\\':
                json.Append('\\').Append(unit);
                break;
            case '\n':
                json.Append("\\n");
                break;
            case '\r':
                json.Append("\\r");
                break;
            case '\t':
                json.Append("\\t");
                break;
            case < ' ' or (>= '\uD800' and <= '\uDFFF'):
                json.Append("\\u").Append(((int)unit).ToString("x4"));
                break;
            default:
                json.Append(unit);
                break;
        }
    }

    private static (char Unit, int Length) Unescape(ReadOnlySpan<char> escape)
    {
        if (escape.Length < 2) return ('\\', 1);

        switch (escape[1])
        {
            case 'n': return ('\n', 2);
            case 'r': return ('\r', 2);
            case 't': return ('\t', 2);
            case 'b': return ('\b', 2);
            case 'f': return ('\f', 2);
            case 'u' when escape.Length >= 6 && ushort.TryParse(escape.Slice(2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit):
                return ((char)unit, 6);
            case '"' or '\\' or '/' or '\'':
                return (escape[1], 2);
            default:
                return ('\\', 1);
        }
    }

    private static bool HasSurrogates(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;
}
