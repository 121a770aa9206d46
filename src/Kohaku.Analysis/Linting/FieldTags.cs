using Kohaku.Analysis.Profiles;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>Decides which tags a comma field holds.</summary>
/// <remarks>
/// Nearly always one piece, one tag. Brackets inside a field cut it into pieces: <c>long (hair:1.2)</c> is still one tag, and
/// <c>(masterpiece) (best quality)</c> two without a comma between. What the tag lists know decides.
/// </remarks>
internal static class FieldTags
{
    private const int LongestJoined = 128;

    public static void Add(PromptView prompt, in FieldNode field, TagTexts texts)
    {
        var tree = prompt.Tree;
        if (field.Pieces.Count > 0 && field.Span.Length > tree.Pieces[field.Pieces.First].Span.Length)
        {
            if (TryFace(prompt, field, texts)) return;
            if (field.Pieces.Count > 1 && (TryBareBrackets(prompt, field, texts) || TryJoined(prompt, field, texts))) return;
        }

        for (var i = field.Pieces.First; i < field.Pieces.End; i++)
        {
            ref readonly var piece = ref tree.Pieces[i];
            AddTag(prompt, new RowRange(i, i + 1), piece.Span, texts.Find(tree.Slice(piece.Span)));
        }
    }

    /// <summary><c>;)</c> in a bracket, <c>&gt;:(</c>, <c>:[]</c>: a face whose bracket reads as emphasis.</summary>
    private static bool TryFace(PromptView prompt, in FieldNode field, TagTexts texts)
    {
        var all = prompt.Text;
        var start = prompt.Tree.Pieces[field.Pieces.First].Span.Start;
        var end = prompt.Tree.Pieces[field.Pieces.First].Span.End;
        if (end >= field.Span.End || all[end - 1] is not (':' or ';')) return false;
        if (all[end] is '(' or ')') end++;
        else if (all[end] == '[' && end + 1 < field.Span.End && all[end + 1] == ']') end += 2;
        else return false;

        // Behind a face may stand what closes the brackets round it, but no further word.
        foreach (var c in all[end..field.Span.End])
            if (char.IsLetter(c)) return false;
        var text = texts.Get(all[start..end]);
        if (!text.IsTag) return false;
        AddTag(prompt, field.Pieces, TextSpan.FromBounds(start, end), KnownText.Of(text));
        return true;
    }

    /// <summary><c>miku (vocaloid)</c>, <c>sonetto (reverse:1999)</c>: a tag whose own brackets read as emphasis.</summary>
    private static bool TryBareBrackets(PromptView prompt, in FieldNode field, TagTexts texts)
    {
        var tree = prompt.Tree;
        ref readonly var first = ref tree.Pieces[field.Pieces.First];
        var end = field.Pieces.End;

        // The name ends at the bracket that closes inside the group in which it began.
        for (var last = field.Pieces.First + 1; last < end; last++)
        {
            var group = tree.Pieces[last].Group;
            if (group < 0) continue;
            ref readonly var bracket = ref tree.Groups[group];
            if (bracket.Kind is not (GroupKind.Round or GroupKind.Square) || !bracket.IsClosed || bracket.Open < first.Span.Start || bracket.Close >= field.Span.End) continue;
            if (bracket.Pieces.End != last + 1 || last + 1 != end) continue;
            var span = TextSpan.FromBounds(first.Span.Start, bracket.Close + 1);
            var text = texts.Get(tree.Slice(span));
            if (!text.IsName) continue;
            AddTag(prompt, field.Pieces, span, KnownText.Of(text));
            return true;
        }

        return false;
    }

    private static bool TryJoined(PromptView prompt, in FieldNode field, TagTexts texts)
    {
        var tree = prompt.Tree;
        Span<char> joined = stackalloc char[LongestJoined];
        var length = 0;
        var end = -1;
        for (var i = field.Pieces.First; i < field.Pieces.End; i++)
        {
            var span = tree.Pieces[i].Span;
            if (length + span.Length + 1 > LongestJoined) return false;
            if (end >= 0 && HasBlank(tree.Text[end..span.Start])) joined[length++] = ' ';
            tree.Slice(span).CopyTo(joined[length..]);
            length += span.Length;
            end = span.End;
        }

        var text = texts.Get(joined[..length]);
        prompt.Note(text.Traits);
        if (!text.IsKnown && (!text.Synonym.IsCertain || AreKnown(tree, field, texts))) return false;
        var first = tree.Pieces[field.Pieces.First].Span.Start;
        AddTag(prompt, field.Pieces, TextSpan.FromBounds(first, end), KnownText.Of(text));
        return true;
    }

    /// <summary><c>(masterpiece) (best quality)</c> is two words, not another model's one.</summary>
    private static bool AreKnown(SyntaxTree tree, in FieldNode field, TagTexts texts)
    {
        for (var i = field.Pieces.First; i < field.Pieces.End; i++)
            if (!texts.Get(tree.Slice(tree.Pieces[i].Span)).IsKnown) return false;
        return true;
    }

    private static bool HasBlank(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (char.IsWhiteSpace(c)) return true;
        return false;
    }

    private static void AddTag(PromptView prompt, RowRange pieces, TextSpan span, in KnownText known)
    {
        ref readonly var piece = ref prompt.Tree.Pieces[pieces.First];
        prompt.Note(known.Traits);
        ref var tag = ref prompt.AddTag();
        tag.Span = span;
        tag.Text = known.Text;
        tag.Traits = known.Traits;
        tag.Identity = known.Identity;
        tag.IsReference = known.IsReference;
        tag.Pieces = pieces;
        tag.Group = piece.Group;
        tag.Field = piece.Field;
        tag.Part = piece.Part;
        tag.Region = piece.Region;
        tag.Weight = piece.Weight;
        tag.HasBareBrackets = known.HasBareBrackets;
    }
}
