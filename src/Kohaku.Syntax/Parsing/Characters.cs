using System.Buffers;
using System.Globalization;

namespace Kohaku.Syntax.Parsing;

/// <summary>The lexical classes that lexer, prepass and meaning share.</summary>
internal static class Characters
{
    /// <summary>Where text can end, in A1111's dialect.</summary>
    public static readonly SearchValues<char> A1111 = SearchValues.Create("\\()[]:,|<#\n\r");

    /// <summary>The same with dynamic prompts.</summary>
    public static readonly SearchValues<char> Dynamic = SearchValues.Create("\\()[]{}$:,|<#\n\r");

    /// <summary>Where text can end, in ComfyUI's dialect.</summary>
    public static readonly SearchValues<char> Comfy = SearchValues.Create("\\():,<#\n\r");

    /// <summary>The same three where a side holds full-width commas: the search for characters beyond ASCII is slower, and few prompts need it.</summary>
    public static readonly SearchValues<char> WideA1111 = SearchValues.Create("\\()[]:,|<#\n\r，、");

    /// <inheritdoc cref="WideA1111"/>
    public static readonly SearchValues<char> WideDynamic = SearchValues.Create("\\()[]{}$:,|<#\n\r，、");

    /// <inheritdoc cref="WideA1111"/>
    public static readonly SearchValues<char> WideComfy = SearchValues.Create("\\():,<#\n\r，、");

    /// <summary>What emphasis is made of.</summary>
    public static readonly SearchValues<char> Brackets = SearchValues.Create("\\()[]|");

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-.0123456789eE");

    /// <summary>Python's <c>\w</c>.</summary>
    public static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || IsOtherNumber(c);

    /// <summary>Length of the text up to, not including, the line's end.</summary>
    public static int LineLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\n', '\r');
        return end < 0 ? text.Length : end;
    }

    /// <summary>Lark's SIGNED_NUMBER: what prompt editing takes as a step.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return text.Length > 0 && !text.ContainsAnyExcept(NumberCharacters) && double.TryParse(text, Styles, CultureInfo.InvariantCulture, out _);
    }

    private static bool IsOtherNumber(char c) =>
        c > 127 && char.GetUnicodeCategory(c) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
