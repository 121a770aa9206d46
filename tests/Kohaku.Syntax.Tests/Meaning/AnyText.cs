using CsCheck;

namespace Kohaku.Syntax.Tests.Meaning;

/// <summary>Texts that nobody would write, and some that one might.</summary>
internal static class AnyText
{
    private static readonly string[] Pieces =
    [
        "a", "b", " ", ",", "(", ")", "(", ")", "[", "]", ":", "|", "\\", "1", "1.2", ".5", ":1.2)", ":3]", "BREAK", "AND", "<", ">", "lora", "<lora:x:1>",
        "\n", "\r", "\t", "\0", "\u0001", "\u0002", "\u001C", "é", "１", "（", "\u0301", "😀", "\uD83D", "\uDE00", "_", "inf", "+", "-", "{", "}", "$", "$$", "__",
        "%{", "${x=", "${x}", "::", "#", "//", "~", "!", "@", "/*", "*/", "=", "\"", "Steps: 1", "Negative prompt:",
    ];

    /// <summary>Pieces of syntax in any order.</summary>
    public static Gen<string> Broken { get; } = Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 24].Select(string.Concat);

    /// <summary>Any UTF-16 at all, lone surrogates included.</summary>
    public static Gen<string> Utf16 { get; } = Gen.UShort.Array[0, 32].Select(units => string.Create(units.Length, units, static (text, source) =>
    {
        for (var i = 0; i < text.Length; i++)
            text[i] = (char)source[i];
    }));

    public static Gen<string> Any { get; } = Gen.Frequency((4, Broken), (1, Utf16));

    /// <summary>Long and deep texts, each of which has made some parser hang or overflow.</summary>
    public static TheoryData<string, int> Huge { get; } = new()
    {
        { "a", 10_000_000 },
        { "1girl, ", 1_500_000 },
        { "(", 100_000 },
        { "[", 100_000 },
        { ")", 100_000 },
        { "([", 100_000 },
        { "[|", 100_000 },
        { "(:", 100_000 },
        { ": ", 100_000 },
        { ":1", 100_000 },
        { "<a:", 100_000 },
        { "<", 100_000 },
        { "{", 100_000 },
        { "{a|", 100_000 },
        { "__", 100_000 },
        { "__a(", 100_000 },
        { "${x=", 100_000 },
        { "${x:", 100_000 },
        { "%{a$$", 100_000 },
        { "{1$$", 100_000 },
        { "\\", 100_000 },
        { "BREAK ", 100_000 },
        { " AND ", 100_000 },
        { "BREAK AND", 100_000 },
        { "Negative prompt:\n", 100_000 },
        { "Aa: \"", 100_000 },
        { "Aa: \"\\\", ", 100_000 },
        { " ", 1_000_000 },
        { "[a:b:3]", 100_000 },
    };

    /// <summary>A piece often, then what closes it as often.</summary>
    public static string Repeat(string piece, int count)
    {
        var opened = string.Concat(Enumerable.Repeat(piece, count));
        var closing = new string([.. piece.Reverse().Where(unit => unit is '(' or '[' or '{').Select(unit => unit switch { '(' => ')', '[' => ']', _ => '}' })]);
        return closing.Length == 0 ? opened : opened + "a:1" + string.Concat(Enumerable.Repeat(closing, count));
    }
}
