using System.Globalization;
using System.Text;

namespace Kohaku.Syntax;

/// <summary>Quotes of parameter values: JSON strings, written where a value holds a comma, a line feed or a colon.</summary>
public static class InfotextQuote
{
    /// <summary>A value as it is written.</summary>
    public static string Write(string value) => value.AsSpan().IndexOfAny(',', '\n', ':') < 0 ? value : Quoted(value);

    /// <summary>A value in quotes.</summary>
    internal static string Quoted(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var unit in value)
        {
            _ = unit switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                < ' ' => quoted.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(unit),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A value as it is meant: what is no well-formed JSON string stays as it is.</summary>
    public static string Read(ReadOnlySpan<char> value)
    {
        if (value is not ['"', .. var inner, '"'])
            return value.ToString();
        var plain = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] is < ' ' or '"')
                return value.ToString();
            if (inner[i] != '\\')
            {
                plain.Append(inner[i]);
                continue;
            }

            if (++i == inner.Length || !TryUnescape(inner, ref i, out var unit))
                return value.ToString();
            plain.Append(unit);
        }

        return plain.ToString();
    }

    private static bool TryUnescape(ReadOnlySpan<char> text, ref int at, out char unit)
    {
        unit = text[at] switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            '"' or '\\' or '/' => text[at],
            _ => '\0',
        };
        if (unit != '\0')
            return true;
        if (text[at] != 'u' || at + 4 >= text.Length
            || !ushort.TryParse(text.Slice(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return false;
        unit = (char)code;
        at += 4;
        return true;
    }
}
