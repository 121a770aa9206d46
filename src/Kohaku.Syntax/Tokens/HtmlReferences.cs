using System.Text;

namespace Kohaku.Syntax.Tokens;

/// <summary>Resolves HTML's character references, as Python's <c>html.unescape</c> and ftfy's <c>unescape_html</c> do.</summary>
internal sealed class HtmlReferences(ClipTable table)
{
    private const int LongestStrict = 24;
    private const int LongestLoose = 32;

    /// <summary>What browsers read for the numbers 128 to 159: Windows-1252, where it has a character.</summary>
    internal const string Windows1252 =
        "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    /// <summary>ftfy: only references that are whole, with their semicolon; names all in capitals too.</summary>
    /// <returns>Whether there were any.</returns>
    public bool ResolveStrict(MappedText source, MappedText target)
    {
        target.Clear();
        var chars = source.Chars;
        var changed = false;
        for (var at = 0; at < chars.Length;)
        {
            var end = chars[at] == '&' ? StrictEnd(chars, at) : at;
            if (end > at && TryResolveStrict(chars[(at + 1)..end], source.Offsets[at], target))
            {
                changed = true;
                at = end;
                continue;
            }

            end = int.Max(end, at + 1);
            target.Add(source, at, end);
            at = end;
        }

        return changed;
    }

    /// <summary>Python: also numbers and the older names without a semicolon, and the longest known beginning of a name.</summary>
    /// <returns>Whether there were any.</returns>
    public bool ResolveLoose(MappedText source, MappedText target)
    {
        target.Clear();
        var chars = source.Chars;
        var changed = false;
        for (var at = 0; at < chars.Length;)
        {
            var taken = chars[at] == '&' ? TryResolveLoose(chars[(at + 1)..], source.Offsets[at], target) : 0;
            if (taken > 0)
            {
                changed = true;
                at += 1 + taken;
                continue;
            }

            target.Add(source, at, at + 1);
            at++;
        }

        return changed;
    }

    /// <summary><c>&amp;#?[0-9A-Za-z]{1,24};</c>: where it ends, or <paramref name="at"/>.</summary>
    private static int StrictEnd(ReadOnlySpan<char> chars, int at)
    {
        var start = at + 1 < chars.Length && chars[at + 1] == '#' ? at + 2 : at + 1;
        var end = start;
        while (end < chars.Length && end - start <= LongestStrict && char.IsAsciiLetterOrDigit(chars[end])) end++;
        return end > start && end - start <= LongestStrict && end < chars.Length && chars[end] == ';' ? end + 1 : at;
    }

    private bool TryResolveStrict(ReadOnlySpan<char> name, int offset, MappedText target)
    {
        if (name[0] == '#')
        {
            var taken = ReadNumber(name, out var number);
            // ftfy leaves what is not wholly taken, and what would become a semicolon.
            if (taken != name.Length || number == ';') return false;

            AddNumber(number, offset, target);
            return true;
        }

        var index = Find(name);
        if (index >= 0)
        {
            AddValue(index, offset, target);
            return true;
        }

        return TryResolveCapitals(name, offset, target);
    }

    /// <summary>A name in capitals whose small form is known, and that no browser would read otherwise.</summary>
    private bool TryResolveCapitals(ReadOnlySpan<char> name, int offset, MappedText target)
    {
        if (name.ContainsAnyInRange('a', 'z') || LongestKnown(name) > 0) return false;

        Span<char> small = stackalloc char[name.Length];
        for (var i = 0; i < name.Length; i++) small[i] = char.ToLowerInvariant(name[i]);
        var index = Find(small);
        if (index < 0) return false;

        foreach (var point in Values(index))
        {
            if (point == 0) continue;

            // The two whose capitals .NET does not give: one becomes two, and one is ASCII.
            if (point == 'ß') target.Add("SS", offset);
            else if (point == 'ı') target.Add('I', offset);
            else target.AddPoint((uint)Rune.ToUpperInvariant(new Rune(point)).Value, offset);
        }

        return true;
    }

    private int TryResolveLoose(ReadOnlySpan<char> rest, int offset, MappedText target)
    {
        if (rest.IsEmpty) return 0;

        if (rest[0] == '#')
        {
            var digits = ReadNumber(rest, out var number);
            if (digits > 0) AddNumber(number, offset, target);
            return digits;
        }

        var length = 0;
        while (length < rest.Length && length < LongestLoose && rest[length] is not ('\t' or '\n' or '\f' or ' ' or '<' or '&' or '#' or ';')) length++;
        if (length > 0 && length < rest.Length && rest[length] == ';')
        {
            var whole = Find(rest[..(length + 1)]);
            if (whole >= 0)
            {
                AddValue(whole, offset, target);
                return length + 1;
            }
        }

        length = LongestKnown(rest[..length]);
        if (length > 0) AddValue(Find(rest[..length]), offset, target);
        return length;
    }

    /// <summary>The length of the longest beginning, of at least two characters, that is a name.</summary>
    private int LongestKnown(ReadOnlySpan<char> name)
    {
        // No name without a semicolon is longer than 6.
        for (var length = int.Min(name.Length, 6); length > 1; length--)
        {
            if (Find(name[..length]) >= 0) return length;
        }

        return 0;
    }

    /// <summary><c>#[0-9]+;?</c> or <c>#[xX][0-9a-fA-F]+;?</c>: its length, or 0. Numbers beyond Unicode end at its end.</summary>
    private static int ReadNumber(ReadOnlySpan<char> text, out uint number)
    {
        number = 0;
        var hexadecimal = text.Length > 1 && text[1] is 'x' or 'X';
        var start = hexadecimal ? 2 : 1;
        var at = start;
        for (; at < text.Length && (hexadecimal ? char.IsAsciiHexDigit(text[at]) : char.IsAsciiDigit(text[at])); at++)
        {
            var digit = (uint)(char.IsAsciiDigit(text[at]) ? text[at] - '0' : (text[at] | 0x20) - 'a' + 10);
            number = uint.Min((number * (hexadecimal ? 16u : 10u)) + digit, 0x110000);
        }

        if (at == start) return 0;

        return at < text.Length && text[at] == ';' ? at + 1 : at;
    }

    private static void AddNumber(uint number, int offset, MappedText target)
    {
        switch (number)
        {
            case 0:
                target.Add('\uFFFD', offset);
                break;
            case 0x0D:
                target.Add('\r', offset);
                break;
            case >= 0x80 and <= 0x9F:
                target.Add(Windows1252[(int)number - 0x80], offset);
                break;
            case < 0x09 or 0x0B or (>= 0x0E and < 0x20) or 0x7F or (>= 0xFDD0 and <= 0xFDEF):
            case <= 0x10FFFF when (number & 0xFFFE) == 0xFFFE:
                break;
            default:
                target.AddPoint(number, offset);
                break;
        }
    }

    private void AddValue(int index, int offset, MappedText target)
    {
        foreach (var point in Values(index))
        {
            if (point != 0) target.AddPoint(point, offset);
        }
    }

    private ReadOnlySpan<uint> Values(int index) => table.Span<uint>(ClipSection.EntityValues).Slice(index * 2, 2);

    private int Find(ReadOnlySpan<char> name)
    {
        var offsets = table.Span<int>(ClipSection.EntityOffsets);
        var names = table.Span<byte>(ClipSection.EntityNames);
        var low = 0;
        var high = offsets.Length - 2;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Compare(name, names[offsets[middle]..offsets[middle + 1]]);
            if (order == 0) return middle;

            if (order < 0) high = middle - 1;
            else low = middle + 1;
        }

        return -1;
    }

    private static int Compare(ReadOnlySpan<char> name, ReadOnlySpan<byte> other)
    {
        for (var i = 0; i < name.Length && i < other.Length; i++)
        {
            if (name[i] != other[i]) return name[i] - other[i];
        }

        return name.Length - other.Length;
    }
}
