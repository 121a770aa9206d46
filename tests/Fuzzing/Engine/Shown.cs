using System.Globalization;
using System.Text;

namespace Kohaku.Fuzzing.Engine;

/// <summary>Texts and bytes as ASCII that a report can hold and C# can read.</summary>
internal static class Shown
{
    private const int Most = 600;

    /// <summary>A text.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder("\"");
        foreach (var unit in text.AsSpan(0, Math.Min(text.Length, Most)))
        {
            _ = unit switch
            {
                '"' or '\\' => shown.Append('\\').Append(unit),
                '\n' => shown.Append("\\n"),
                '\r' => shown.Append("\\r"),
                '\t' => shown.Append("\\t"),
                < ' ' or > '~' => shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}"),
                _ => shown.Append(unit),
            };
        }

        shown.Append('"');
        if (text.Length > Most) shown.Append(CultureInfo.InvariantCulture, $"… ({text.Length} units)");
        return shown.ToString();
    }

    /// <summary>Bytes: as Latin-1.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Of(Encoding.Latin1.GetString(bytes));
}
