using Kohaku.Analysis.Fixes;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Completion;

/// <summary>Finds what may be written at an offset of a text.</summary>
public static class PlaceReader
{
    /// <summary>The place at an offset. Any text and any offset have one.</summary>
    /// <param name="tree">The text.</param>
    /// <param name="offset">Clamped to it.</param>
    public static CompletionPlace At(SyntaxTree tree, int offset)
    {
        ArgumentNullException.ThrowIfNull(tree);
        offset = Math.Clamp(offset, 0, tree.Text.Length);
        var left = TokenBefore(tree, offset);
        if (left >= 0 && tree.Tokens[left].Kind == TokenKind.Comment) return CommentPlace.Read(tree, tree.Tokens[left].Span, offset);
        if (ParameterPlace.TryRead(tree, offset, out var parameter)) return parameter;

        var side = SideAt(tree, offset);
        if (side < 0 || !MayHoldTag(tree, left, offset)) return CompletionPlace.Nothing;

        var takesNetworks = !tree.Sides[side].IsNegative && tree.Options.Dialect == Dialect.A1111;
        if (takesNetworks && NetworkPlace.TryRead(tree, side, offset, out var network)) return network;
        var isInNetwork = left >= 0 && tree.Tokens[left].Kind == TokenKind.Network && offset < tree.Tokens[left].End;
        return isInNetwork ? CompletionPlace.Nothing : TagPlace.Read(tree, side, left, offset);
    }

    /// <summary>The place where a further tag is put in at an offset: behind the tag under it, or at the positive prompt's end where no tag may stand.</summary>
    /// <param name="tree">The text.</param>
    /// <param name="offset">Clamped to it.</param>
    public static CompletionPlace ForInsertion(SyntaxTree tree, int offset)
    {
        ArgumentNullException.ThrowIfNull(tree);
        offset = Math.Clamp(offset, 0, tree.Text.Length);
        var place = At(tree, offset);
        if (place.Kind is PlaceKind.Tag or PlaceKind.Embedding or PlaceKind.Wildcard)
        {
            var word = place.Kind == PlaceKind.Wildcard ? place.Joined!.Word : place.Word;
            return word.Length == 0 ? OnItsLine(tree, place) : TagPlace.Empty(tree, place.Side, TokenBefore(tree, word.End), word.End);
        }

        var side = tree.Prompts[PromptAt(tree, offset)].Positive;
        var rows = tree.Sides[side].Tokens;
        var last = rows.End - 1;
        while (last >= rows.First && tree.Tokens[last].Kind is TokenKind.Whitespace or TokenKind.LineBreak or TokenKind.Comment) last--;
        return OnItsLine(tree, TagPlace.Empty(tree, side, last, last < rows.First ? tree.Sides[side].Span.Start : tree.Tokens[last].End));
    }

    // A separator, a header and parameters are such on lines of their own: a prompt that is empty as yet begins behind one, or before one, without a line.
    private static CompletionPlace OnItsLine(SyntaxTree tree, CompletionPlace place)
    {
        var tokens = tree.Tokens;
        var left = TokenBefore(tree, place.Span.Start);
        var right = left + 1;
        while (left >= 0 && tokens[left].Kind == TokenKind.Whitespace) left--;
        while (right < tokens.Length && tokens[right].Kind == TokenKind.Whitespace) right++;
        var isBehind = left >= 0 && tokens[left].Kind is TokenKind.Separator or TokenKind.Parameters;
        var isBefore = right < tokens.Length && tokens[right].Kind is TokenKind.Separator or TokenKind.NegativeHeader or TokenKind.Parameters;
        var lineEnd = Edit.LineEnd(tree.Text);
        return place with { Before = isBehind ? lineEnd : place.Before, Behind = isBefore ? place.Behind + lineEnd : place.Behind };
    }

    /// <summary>The last token that begins before an offset; −1 at the start.</summary>
    internal static int TokenBefore(SyntaxTree tree, int offset)
    {
        var tokens = tree.Tokens;
        var (low, high) = (0, tokens.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (tokens[middle].Start < offset) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    /// <summary>The line at an offset, without its end.</summary>
    internal static TextSpan LineAt(ReadOnlySpan<char> text, int offset)
    {
        var start = text[..offset].LastIndexOfAny('\n', '\r') + 1;
        var length = text[offset..].IndexOfAny('\n', '\r');
        return TextSpan.FromBounds(start, length < 0 ? text.Length : offset + length);
    }

    /// <summary>The prompt at an offset.</summary>
    internal static int PromptAt(SyntaxTree tree, int offset)
    {
        var index = 0;
        while (index + 1 < tree.Prompts.Length && tree.Prompts[index + 1].Span.Start <= offset) index++;
        return index;
    }

    // Where two sides meet, the cursor at a line's start before the header stands in neither: the header must keep its line.
    private static int SideAt(SyntaxTree tree, int offset)
    {
        ref readonly var prompt = ref tree.Prompts[PromptAt(tree, offset)];
        if (prompt.Negative >= 0 && Holds(tree.Sides[prompt.Negative].Span)) return prompt.Negative;
        return Holds(tree.Sides[prompt.Positive].Span) ? prompt.Positive : -1;

        bool Holds(TextSpan span) => span.Start <= offset && offset <= span.End;
    }

    private static bool IsPartWeight(SyntaxTree tree, TextSpan weight)
    {
        foreach (ref readonly var part in tree.Parts)
            if (part.WeightSpan == weight) return true;
        return false;
    }

    private static bool MayHoldTag(SyntaxTree tree, int left, int offset)
    {
        var tokens = tree.Tokens;
        var next = left + 1;
        var right = next < tokens.Length && tokens[next].Start == offset ? tokens[next].Kind : TokenKind.Whitespace;

        // Between a brace and its `2$$` stands no option yet.
        while (next < tokens.Length && tokens[next].Kind == TokenKind.Whitespace) next++;
        if (next < tokens.Length && tokens[next].Kind == TokenKind.Variant && (left < 0 || tokens[left].Kind is TokenKind.Open or TokenKind.Whitespace)) return false;
        if (right is TokenKind.Separator or TokenKind.NegativeHeader or TokenKind.Parameters or TokenKind.When or TokenKind.ByteOrderMark) return false;
        if (left < 0) return true;

        var token = tokens[left];
        return token.Kind switch
        {
            TokenKind.Weight => IsPartWeight(tree, token.Span),
            TokenKind.When or TokenKind.Break or TokenKind.And or TokenKind.Separator => false,
            TokenKind.NegativeHeader or TokenKind.Variant => offset == token.End,
            _ => true,
        };
    }
}
