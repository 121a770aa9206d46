using System.Buffers;
using System.Text;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Completion;

/// <summary>Places where a tag may stand.</summary>
internal static class TagPlace
{
    private const string Embedding = "embedding:";
    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789.+-");

    /// <summary>The place at an offset of a side, outside of weights, comments and networks' names.</summary>
    /// <param name="tree">The text.</param>
    /// <param name="side">Row of <see cref="SyntaxTree.Sides"/>.</param>
    /// <param name="left">The last token that begins before the offset, or −1.</param>
    /// <param name="offset">The offset.</param>
    public static CompletionPlace Read(SyntaxTree tree, int side, int left, int offset)
    {
        var rows = tree.Sides[side].Tokens;
        if (left < rows.First) left = -1;
        var at = left;
        if (at >= 0 && tree.Tokens[at].Kind == TokenKind.Whitespace && at > rows.First && tree.Tokens[at - 1].Kind == TokenKind.Text) at--;

        // `:3` at a part's end is its weight to the generator, and the end of a tag to whoever writes `reverse:19` or the face.
        var isNumber = at >= 0 && tree.Tokens[at].Kind == TokenKind.Weight;
        var end = at < 0 ? offset : Math.Max(tree.Tokens[at].End, offset);
        if (isNumber && at > rows.First && tree.Tokens[at - 1].Kind == TokenKind.Text) at--;
        if (at < 0 || (tree.Tokens[at].Kind != TokenKind.Text && !isNumber)) return Empty(tree, side, left, offset);

        // The word under the cursor; behind it, the blanks that were typed after it.
        var span = TextSpan.FromBounds(tree.Tokens[at].Start, end);
        var group = GroupOf(tree, side, span.Start);
        if (!CutWeight(tree, group, offset, ref span, out var beginnings)) return CompletionPlace.Nothing;

        var place = Fill(tree, side, new CompletionPlace(PlaceKind.Tag, offset, span), at - 1, group) with { BeginningsOnly = beginnings || isNumber };
        return Reference(tree, place) ?? place with { Joined = Join(tree, side, at, group, place) };
    }

    /// <summary>What a text means to the generator: the backslashes before brackets are not part of it.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            // A backslash at the end waits for its bracket.
            if (text[i] == '\\' && (i + 1 == text.Length || text[i + 1] is '(' or ')' or '[' or ']' or '\\' or '|') && ++i == text.Length) break;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    /// <summary>The place between two tags, where a further one is put in.</summary>
    public static CompletionPlace Empty(SyntaxTree tree, int side, int left, int offset) =>
        Fill(tree, side, new CompletionPlace(PlaceKind.Tag, offset, new TextSpan(offset, 0)), left, GroupOf(tree, side, offset));

    /// <summary>Takes the <c>:1.2</c> of a bracket that is not closed yet out of the word; false where the cursor stands in that number.</summary>
    private static bool CutWeight(SyntaxTree tree, int group, int offset, ref TextSpan span, out bool beginnings)
    {
        beginnings = false;
        if (group < 0 || tree.Groups[group].Kind != GroupKind.Round) return true;

        var word = tree.Slice(span);
        var colon = word.LastIndexOf(':');
        if (colon <= 0 || word[..colon].IsWhiteSpace()) return true;

        var number = word[(colon + 1)..].Trim();
        if (number.ContainsAnyExcept(s_number)) return true;
        if (span.Start + colon >= offset)
        {
            if (number.Length > 0) span = new TextSpan(span.Start, Math.Max(colon, offset - span.Start));
            return true;
        }

        // Behind the colon a name may go on, as `re:zero` does; behind a digit it is a weight.
        beginnings = true;
        return number.IsEmpty;
    }

    private static CompletionPlace Fill(SyntaxTree tree, int side, CompletionPlace place, int before, int group)
    {
        var text = tree.Text;
        var span = place.Span;
        var query = Unescape(text[span.Start..place.Offset]);
        var (missing, start) = Before(tree, side, before, span.Start);

        // Inside a network, but not in its name: `<lo‸ra:style:1>`.
        if (start > place.Offset) return CompletionPlace.Nothing;

        var behind = Behind(tree, side, span.End, span.Start == place.Offset && span.Length == 0);
        var line = PlaceReader.LineAt(text, place.Offset);
        return place with
        {
            Span = TextSpan.FromBounds(start, span.End),
            Word = span,
            Query = query,
            Before = missing,
            Behind = behind,
            EndsRun = behind.Length == 0 && EndsRun(tree, side, span.End),
            Group = group,
            Side = side,
            BeginsLine = text[line.Start..span.Start].Trim("\uFEFF \t").IsEmpty,
            IsLastLine = tree.Options.Form == TextForm.Library && ParameterPlace.IsLast(text, line, tree.Prompts[PlaceReader.PromptAt(tree, place.Offset)].Span),
        };
    }

    /// <summary>What is missing before a tag, and where it must begin so that no blank is left before a comma.</summary>
    private static (string Missing, int Start) Before(SyntaxTree tree, int side, int token, int start)
    {
        var rows = tree.Sides[side].Tokens;
        var last = token;
        while (last >= rows.First && tree.Tokens[last].Kind == TokenKind.Whitespace) last--;
        if (last < rows.First)
        {
            // Behind `Negative prompt:` belongs a blank.
            return tree.Sides[side].IsNegative && start == tree.Sides[side].Span.Start && start > 0 && tree.Text[start - 1] == ':' ? (" ", start) : ("", start);
        }

        var previous = tree.Tokens[last];
        return previous.Kind switch
        {
            TokenKind.Comma or TokenKind.WideComma => (previous.End == start ? " " : "", start),
            TokenKind.Break or TokenKind.And => (previous.End == start ? " " : "", start),
            TokenKind.Text or TokenKind.Network or TokenKind.Weight => (", ", previous.End),
            TokenKind.Close when IsEmphasis(tree, side, previous.Start) => (", ", previous.End),
            _ => ("", start),
        };
    }

    private static string Behind(SyntaxTree tree, int side, int end, bool isInsertion)
    {
        var next = Next(tree, side, end);
        if (next < 0) return "";

        // BREAK and AND are words: without a blank before them they would be letters of the tag.
        var token = tree.Tokens[next];
        if (token.Kind is TokenKind.Break or TokenKind.And) return token.Start == end ? " " : "";
        var divides = token.Kind == TokenKind.Network || (token.Kind == TokenKind.Open && IsEmphasis(tree, side, token.Start)) || (isInsertion && token.Kind == TokenKind.Text);
        return !divides ? "" : token.Start == end ? ", " : ",";
    }

    // What stands in variants and editing may be a word of the tag: `{long|short} hair`.
    private static bool IsEmphasis(SyntaxTree tree, int side, int bracket)
    {
        var rows = tree.Sides[side].Groups;
        for (var i = rows.End - 1; i >= rows.First; i--)
            if (tree.Groups[i].Open == bracket || tree.Groups[i].Close == bracket) return tree.Groups[i].Kind is GroupKind.Round or GroupKind.Square;
        return false;
    }

    private static bool EndsRun(SyntaxTree tree, int side, int end)
    {
        var next = Next(tree, side, end);
        return next < 0 || tree.Tokens[next].Kind is not (TokenKind.Comma or TokenKind.Weight);
    }

    /// <summary>The first token of a side from an offset on that is not blank; −1 for none.</summary>
    private static int Next(SyntaxTree tree, int side, int offset)
    {
        var next = PlaceReader.TokenBefore(tree, offset);
        next = next >= 0 && tree.Tokens[next].End > offset ? next : next + 1;
        while (next < tree.Sides[side].Tokens.End && tree.Tokens[next].Kind == TokenKind.Whitespace) next++;
        return next < tree.Sides[side].Tokens.End ? next : -1;
    }

    /// <summary>Innermost group that is open at an offset.</summary>
    private static int GroupOf(SyntaxTree tree, int side, int offset)
    {
        var rows = tree.Sides[side].Groups;
        for (var i = rows.End - 1; i >= rows.First; i--)
        {
            ref readonly var group = ref tree.Groups[i];
            if (group.Open < offset && (group.IsClosed ? offset <= group.Close : IsSamePart(tree, side, group.Open, offset))) return i;
        }

        return -1;
    }

    private static bool IsSamePart(SyntaxTree tree, int side, int first, int second)
    {
        foreach (ref readonly var part in tree.Parts[tree.Sides[side].Parts.First..tree.Sides[side].Parts.End])
            if (part.Span.Start <= first && first <= part.Span.End) return second <= part.Span.End;
        return true;
    }

    /// <summary><c>__name</c> and <c>embedding:name</c>.</summary>
    private static CompletionPlace? Reference(SyntaxTree tree, CompletionPlace place)
    {
        var text = tree.Text;
        if (place.Query.StartsWith(Embedding, StringComparison.OrdinalIgnoreCase))
            return place with { Kind = PlaceKind.Embedding, Query = place.Query[Embedding.Length..] };

        var start = place.Span.Start;
        var typed = text[start..place.Offset];
        var open = -1;
        for (var at = 0; typed[at..].IndexOf("__") is >= 0 and var found; at += found + 2) open = open < 0 ? at + found : -1;
        if (open < 0) return null;

        var rest = text[place.Offset..place.Span.End];
        var close = rest.IndexOf("__");
        var end = close >= 0 ? place.Offset + close + 2 : place.Offset;
        return place with
        {
            Kind = PlaceKind.Wildcard,
            Span = TextSpan.FromBounds(open == place.Word.Start - start ? start : start + open, end),
            Word = TextSpan.FromBounds(start + open, end),
            Query = typed[(open + 2)..].ToString(),
            Before = open == place.Word.Start - start ? place.Before : "",
            Behind = end == place.Span.End ? place.Behind : "",
            Joined = place,
        };
    }

    /// <summary>A name whose brackets are typed as people speak: <c>miku (voca</c>.</summary>
    private static CompletionPlace? Join(SyntaxTree tree, int side, int word, int group, CompletionPlace place)
    {
        if (group < 0 || tree.Groups[group].Kind != GroupKind.Round || tree.Groups[group].HasWeight) return null;

        var open = tree.Groups[group].Open;
        var first = tree.Sides[side].Tokens.First;
        var at = word - 1;
        while (at > first && tree.Tokens[at].Kind == TokenKind.Whitespace) at--;
        if (tree.Tokens[at].Start != open) return null;

        at--;
        while (at > first && tree.Tokens[at].Kind == TokenKind.Whitespace) at--;
        if (at < first || tree.Tokens[at].Kind != TokenKind.Text) return null;

        var name = tree.Tokens[at];
        var close = tree.Groups[group].Close;
        var rest = close >= 0 ? tree.Text[place.Span.End..close] : default;
        var end = close >= 0 && rest.IsWhiteSpace() && !rest.ContainsAny('\n', '\r') ? close + 1 : place.Span.End;
        var joined = new CompletionPlace(PlaceKind.Tag, place.Offset, TextSpan.FromBounds(name.Start, end));
        return Fill(tree, side, joined, at - 1, GroupOf(tree, side, name.Start)) with { BeginningsOnly = true };
    }
}
