using System.Text.Unicode;

namespace Kohaku.Files;

/// <summary>Turns what stands between JSON's quotes, already checked, into UTF-16.</summary>
internal static class JsonString
{
    /// <summary>Decodes into <paramref name="target"/>, which has room for as many units as there are bytes, and says how many it took.</summary>
    public static int Decode(ReadOnlySpan<byte> raw, Span<char> target, bool hasEscapes)
    {
        if (!hasEscapes) return Widen(raw, target);

        var written = 0;
        while (true)
        {
            var escape = raw.IndexOf((byte)'\\');
            if (escape < 0) return written + Widen(raw, target[written..]);

            written += Widen(raw[..escape], target[written..]);
            var isUnit = raw[escape + 1] == 'u';
            target[written++] = isUnit ? Unit(raw.Slice(escape + 2, 4)) : Simple(raw[escape + 1]);
            raw = raw[(escape + (isUnit ? 6 : 2))..];
        }
    }

    private static int Widen(ReadOnlySpan<byte> utf8, Span<char> target)
    {
        // Valid UTF-8 by now, so that all of it is taken.
        Utf8.ToUtf16(utf8, target, out _, out var written);
        return written;
    }

    private static char Simple(byte escaped) => escaped switch
    {
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => (char)escaped,
    };

    private static char Unit(ReadOnlySpan<byte> digits)
    {
        var unit = 0;
        foreach (var digit in digits) unit = unit * 16 + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return (char)unit;
    }
}
