using System.Runtime.InteropServices;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>Names a text by 128 bits: two lanes of multiply and fold, as wyhash has them (Wang Yi, 2019). Not for keeping anybody out.</summary>
/// <remarks>SHA-256 would do, but loads OpenSSL: 4 MB and some milliseconds at the first document, and it reads slower than all else that an edit costs.</remarks>
internal static class ContentHash
{
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;
    private const ulong Third = 0x8EBC6AF09C88C6E3;
    private const ulong Fourth = 0x589965CC75374CC3;

    /// <summary>The hash of a text's UTF-16 units.</summary>
    public static UInt128 Of(ReadOnlySpan<char> text)
    {
        var words = MemoryMarshal.Cast<char, ulong>(text);
        var length = (ulong)text.Length;
        var (left, right) = (Fold(length ^ First, Second), Fold(length ^ Third, Fourth));
        for (var i = 0; i + 1 < words.Length; i += 2) Mix(words[i], words[i + 1]);
        if (words.Length % 2 == 1) Mix(words[^1], 0);

        var tail = 0UL;
        foreach (var unit in text[(words.Length * (sizeof(ulong) / sizeof(char)))..]) tail = (tail << 16) | unit;
        Mix(tail, 0);
        return new UInt128(Fold(left ^ Second, right ^ Fourth), Fold(right ^ First, left ^ Third));

        void Mix(ulong a, ulong b)
        {
            left = Fold(a ^ First, b ^ Second ^ left);
            right = Fold(a ^ Third ^ right, b ^ Fourth);
        }
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
