using System.Globalization;

namespace Kohaku.Syntax.Parsing;

/// <summary>The <c>:1.2</c> at the end of a part.</summary>
internal static class PartWeight
{
    /// <summary>Reads it, as A1111's <c>re_weight</c> does: <c>(?:\s*:\s*([-+]?(?:\d+\.?|\d*\.\d+)))?\s*$</c>. Comments are gone by then.</summary>
    public static void Read(SyntaxTree tree, ReadOnlySpan<char> text, ref PartNode part)
    {
        var end = LastText(tree, part.Span.Start);
        if (end < 0) return;
        var first = end;
        while (first > part.Span.Start && (char.IsAsciiDigit(text[first - 1]) || text[first - 1] == '.')) first--;
        if (first > part.Span.Start && text[first - 1] is '+' or '-') first--;
        var number = text[first..end];
        var colon = first;
        while (colon > part.Span.Start && char.IsWhiteSpace(text[colon - 1])) colon--;
        if (colon == part.Span.Start || text[colon - 1] != ':' || !IsWeight(number)) return;
        colon--;
        while (colon > part.Span.Start && char.IsWhiteSpace(text[colon - 1])) colon--;
        part.WeightSpan = TextSpan.FromBounds(colon, end);
        part.Weight = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static bool IsWeight(ReadOnlySpan<char> number)
    {
        var digits = number.TrimStart("+-");
        return digits.Length > 0 && digits.Count('.') <= 1 && digits.ContainsAnyInRange('0', '9');
    }

    /// <summary>Where the last token of the part ends that is neither blank nor comment, if it is text.</summary>
    private static int LastText(SyntaxTree tree, int start)
    {
        for (var i = tree.TokenRows.Count - 1; i >= 0 && tree.TokenRows[i].Start >= start; i--)
        {
            var token = tree.TokenRows[i];
            if (token.Kind is TokenKind.Whitespace or TokenKind.LineBreak or TokenKind.Comment or TokenKind.And or TokenKind.Network) continue;
            return token.Kind == TokenKind.Text ? token.End : -1;
        }

        return -1;
    }
}
