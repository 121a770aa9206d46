namespace Kohaku.Syntax.Meaning;

/// <summary>One of the prompts that <c>AND</c> divides a prompt into.</summary>
/// <param name="Text">What is scheduled and weighted: without the weight and without blanks at the end.</param>
/// <param name="Weight">1 where none is written.</param>
/// <param name="Span">Where <paramref name="Text"/> stands.</param>
/// <param name="WeightSpan">The number behind the last colon; empty where there is none.</param>
public sealed record PromptPart(string Text, double Weight, TextSpan Span, TextSpan WeightSpan);

/// <summary>A part by its places: what <see cref="PromptPart"/> says without a string.</summary>
/// <param name="Span">Where the part's text stands.</param>
/// <param name="WeightSpan">The number behind the last colon; empty where there is none.</param>
/// <param name="Weight">1 where none is written.</param>
/// <param name="Whole">All between one <c>AND</c> and the next.</param>
public readonly record struct PartSpan(TextSpan Span, TextSpan WeightSpan, double Weight, TextSpan Whole)
{
    /// <summary>Whether the part ends in <c>:number</c>, which weighs the whole of it.</summary>
    public bool HasWeight => WeightSpan.Length > 0;
}

/// <summary>Division of a positive prompt at <c>AND</c>, as A1111 does it: <c>\bAND\b</c>, each part with a trailing <c>:number</c> as its weight.</summary>
public static class Composition
{
    /// <summary>The part that begins at an offset.</summary>
    /// <param name="text">The prompt without networks.</param>
    /// <param name="from">The prompt's start, or the end of an <c>AND</c>.</param>
    /// <param name="part">The part.</param>
    /// <returns>Where the next part begins, or −1 behind the last.</returns>
    public static int Next(ReadOnlySpan<char> text, int from, out PartSpan part)
    {
        var and = PythonText.IndexOfWord(text, "AND", from);
        part = Weigh(text, from, and < 0 ? text.Length : and);
        return and < 0 ? -1 : and + 3;
    }

    /// <summary>All parts; at least one.</summary>
    public static IReadOnlyList<PromptPart> Split(string text)
    {
        var parts = new List<PromptPart>(1);
        for (var from = 0; from >= 0;)
        {
            from = Next(text, from, out var part);
            parts.Add(new PromptPart(text.Substring(part.Span.Start, part.Span.Length), part.Weight, part.Span, part.WeightSpan));
        }

        return parts;
    }

    private static PartSpan Weigh(ReadOnlySpan<char> text, int start, int stop)
    {
        var whole = TextSpan.FromBounds(start, stop);
        var end = PythonText.TrimEnd(text, start, stop);
        var number = NumberStart(text[..end], start);
        if (number < end)
        {
            var colon = PythonText.TrimEnd(text, start, number) - 1;
            if (colon >= start && text[colon] == ':' && PythonText.TryParseFloat(text[number..end], out var weight))
            {
                var behind = PythonText.TrimEnd(text, start, colon);
                return new PartSpan(TextSpan.FromBounds(start, behind), TextSpan.FromBounds(number, end), weight, whole);
            }
        }

        return new PartSpan(TextSpan.FromBounds(start, end), new TextSpan(end, 0), 1, whole);
    }

    /// <summary>Where the number that ends a text begins (<c>[-+]?(\d+\.?|\d*\.\d+)</c>), or the text's end.</summary>
    private static int NumberStart(ReadOnlySpan<char> text, int least)
    {
        var position = text.Length;
        var digits = 0;
        var points = 0;
        while (position > least)
        {
            if (text[position - 1] == '.')
            {
                if (++points > 1)
                    return text.Length;
                position--;
                continue;
            }

            var width = char.IsLowSurrogate(text[position - 1]) && position - 2 >= least ? 2 : 1;
            if (PythonText.DigitLength(text, position - width, out _) != width)
                break;
            digits++;
            position -= width;
        }

        if (digits == 0)
            return text.Length;
        return position > least && text[position - 1] is '+' or '-' ? position - 1 : position;
    }
}
