using System.Globalization;
using System.Text;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>A document as the protocol defines it, in the plainest way: what the server's own is checked against.</summary>
/// <param name="bytes">Whether columns count bytes of UTF-8; UTF-16 units otherwise.</param>
internal sealed class ModelText(bool bytes)
{
    private IReadOnlyList<(int Start, string Line)>? _lines;
    private string _text = "";

    /// <summary>The text.</summary>
    public string Text
    {
        get => _text;
        private set => (_text, _lines) = (value, null);
    }

    /// <summary>The text as it is now: later edits leave it alone.</summary>
    public ModelText Copy() => new(bytes) { Text = Text };

    /// <summary>Takes a whole text.</summary>
    public void Set(string text) => Text = text;

    /// <summary>Replaces a stretch.</summary>
    public void Replace((int Line, int Character) start, (int Line, int Character) end, string text)
    {
        var (a, b) = (Offset(start), Offset(end));
        if (a > b) (a, b) = (b, a);
        Text = Text[..a] + text + Text[b..];
    }

    /// <summary>The lines with where they begin, without their ends.</summary>
    public IReadOnlyList<(int Start, string Line)> Lines() => _lines ??= Divide();

    /// <summary>The offset of a place; clamped.</summary>
    public int Offset((int Line, int Character) place)
    {
        var lines = Lines();
        if (place.Line >= lines.Count) return Text.Length;

        var (start, line) = lines[place.Line];
        var taken = 0;
        for (var left = place.Character; taken < line.Length;)
        {
            var units = bytes && char.IsHighSurrogate(line[taken]) && taken + 1 < line.Length && char.IsLowSurrogate(line[taken + 1]) ? 2 : 1;
            left -= Width(line.AsSpan(taken, units));
            if (left < 0) break;
            taken += units;
        }

        return start + taken;
    }

    /// <summary>The place of an offset.</summary>
    public (int Line, int Character) Place(int offset)
    {
        var lines = Lines();
        var number = lines.Count - 1;
        while (lines[number].Start > offset) number--;
        var (start, line) = lines[number];
        return (number, Width(line.AsSpan(0, Math.Min(offset - start, line.Length))));
    }

    /// <summary>Whether a place lies in the text.</summary>
    public bool Holds(int line, int character)
    {
        var lines = Lines();
        return line >= 0 && line < lines.Count && character >= 0 && character <= Width(lines[line].Line);
    }

    /// <summary>Whether the text could be saved: half a character cannot.</summary>
    public bool IsSound()
    {
        foreach (var rune in Text.EnumerateRunes())
            if (rune == Rune.ReplacementChar) return false;
        return !Text.Contains('\uFEFF', StringComparison.Ordinal);
    }

    /// <summary>A JSON string that holds half characters as their escapes.</summary>
    public static string Json(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var unit in text)
        {
            if (unit is '"' or '\\' or < ' ' or > '~') json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            else json.Append(unit);
        }

        return json.Append('"').ToString();
    }

    private List<(int Start, string Line)> Divide()
    {
        var lines = new List<(int, string)>();
        var start = 0;
        for (var i = 0; i < Text.Length; i++)
        {
            if (Text[i] is not ('\r' or '\n')) continue;

            lines.Add((start, Text[start..i]));
            if (Text[i] == '\r' && i + 1 < Text.Length && Text[i + 1] == '\n') i++;
            start = i + 1;
        }

        lines.Add((start, Text[start..]));
        return lines;
    }

    private int Width(ReadOnlySpan<char> text) => bytes ? Encoding.UTF8.GetByteCount(text) : text.Length;
}
