using System.Globalization;
using System.Text;
using Kohaku.Fuzzing.Engine;

namespace Kohaku.Fuzzing.Texts;

/// <summary>JSON, sound or nearly so, of the names and values that a reader looks for.</summary>
/// <param name="names">Names of members.</param>
/// <param name="values">Values, as they are written.</param>
internal sealed class JsonTexts(string[] names, string[] values)
{
    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "1", "-1", "1.5", "1e999", "-0", "9223372036854775808", "99999999999999999999999", "0x10", "01", ".5", "NaN", "\"\"", "\"a\"", "\"\\u0000\"", "\"\\uD83D\"", "\"\\q\"", "\"é\"", "'a'",
        "[]", "{}", "[1]", "[[[[]]]]", "{\"\":{}}", "/* note */ 1", "// note\n1", "\"unclosed", "[", "{", "\uFEFF", "\"\n\"", "undefined", "a", "-", "\"" + "\\\"" + "\"",
    ];

    /// <summary>What the texts are made of.</summary>
    public IReadOnlyList<byte[]> Words { get; } =
        [.. names.Select(name => $"\"{name}\":").Concat(values).Concat(s_values).Concat(["{", "}", "[", "]", ",", ":", "\"", "\\", "//", "/*", "*/", "\n"]).Select(word => WildText.Bytes(word))];

    /// <summary>An object.</summary>
    public string Object(Dice dice)
    {
        var text = new StringBuilder();
        if (dice.OneIn(40)) text.Append(dice.Pick("\uFEFF", " ", "// c\n", "[", "0"));
        Write(text, dice, depth: dice.OneIn(60) ? -60 : 0, isObject: true);
        if (dice.OneIn(40)) text.Append(dice.Pick("}", ",", " x", "\n", "{}", "\0"));
        return text.ToString();
    }

    /// <summary>A string as JSON, at times carelessly.</summary>
    public static string Quoted(string text, Dice dice)
    {
        var json = new StringBuilder("\"");
        foreach (var unit in text)
        {
            if (unit is '"' or '\\') json.Append('\\').Append(unit);
            else if (unit == '\n' && dice.OneIn(2)) json.Append("\\n");
            else if (unit < ' ' || char.IsSurrogate(unit) || dice.OneIn(40)) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            else if (unit == '/' && dice.OneIn(2)) json.Append("\\/");
            else json.Append(unit);
        }

        return json.Append('"').ToString();
    }

    private void Write(StringBuilder text, Dice dice, int depth, bool isObject)
    {
        var form = isObject ? 0 : dice.Below(depth > 3 ? 5 : 8);
        switch (form)
        {
            case 0 or 7 when depth <= 3:
                text.Append('{');
                for (var members = depth < 0 ? 1 : dice.Length(6); members > 0; members--)
                {
                    text.Append(dice.OneIn(30) ? dice.Pick("\"\"", "a", "'b'", "\"\\u0061\"", "1") : $"\"{names[dice.Below(names.Length)]}\"").Append(dice.OneIn(60) ? dice.Pick("", "::", " =") : ":");
                    Write(text, dice, depth + 1, isObject: depth < 0);
                    if (members > 1 || dice.OneIn(20)) text.Append(dice.OneIn(40) ? dice.Pick("", ",,", ";", "\n") : ",");
                    if (dice.OneIn(12)) text.Append(dice.Pick("\n", " ", "// note\n", "/* note */", "\r\n"));
                }

                text.Append('}');
                break;
            case 6 when depth <= 3:
                text.Append('[');
                for (var items = dice.Length(4); items > 0; items--)
                {
                    Write(text, dice, depth + 1, isObject: false);
                    if (items > 1) text.Append(',');
                }

                text.Append(']');
                break;
            case <= 2:
                text.Append(s_values[dice.Below(s_values.Length)]);
                break;
            default:
                text.Append(values[dice.Below(values.Length)]);
                break;
        }
    }
}
