using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Colouring;

/// <summary>Colours the parts of documents; what an edit left alone is not looked at again.</summary>
internal static class Painter
{
    /// <summary>The coloured tokens of a part.</summary>
    public static ColouredToken[] Of(Snapshot snapshot, Document document, PlacedPart part)
    {
        var pool = snapshot.Setup.PoolFor(document.Path);
        if (part.Part.Colours is { } known && known.Setup == pool) return known.Tokens;

        using var reading = PartReading.Of(snapshot, document, part);
        var canvas = new Canvas(part.Part.Text);
        for (var i = 0; i < reading.Tree.Prompts.Length; i++)
        {
            var (positive, negative) = reading.Prompt(i);
            Paint(canvas, positive);
            if (negative is not null) Paint(canvas, negative);
        }

        PaintLines(canvas, reading.Tree);
        var tokens = canvas.Read(snapshot.Client.Encoding);
        part.Part.Colours = new PartColours(pool, tokens);
        return tokens;
    }

    private static void Paint(Canvas canvas, PromptView side)
    {
        var negative = side.IsNegative ? ColourModifiers.Negative : ColourModifiers.None;
        foreach (ref readonly var tag in side.Tags)
        {
            var (type, modifiers) = (TypeOf(tag.Text), ModifiersOf(tag.Text) | negative);
            if (!tag.IsCut)
            {
                canvas.Paint(tag.Span, type, modifiers);
                PaintEscapes(canvas, side, tag.Span, negative);
                continue;
            }

            for (var i = tag.Pieces.First; i < tag.Pieces.End; i++)
            {
                canvas.Paint(side.Tree.Pieces[i].Span, type, modifiers);
                PaintEscapes(canvas, side, side.Tree.Pieces[i].Span, negative);
            }
        }

        foreach (ref readonly var token in side.Tokens)
        {
            if (token.Kind is TokenKind.Weight or TokenKind.When) canvas.Paint(token.Span, ColourType.Weight, negative);
            else if (token.Kind is TokenKind.Pipe or TokenKind.Colon or TokenKind.Variant) canvas.Paint(token.Span, ColourType.Keyword);
        }

        foreach (ref readonly var mark in side.Marks)
        {
            if (mark.Kind == MarkKind.Network) canvas.Paint(mark.Span, ColourType.Network, negative);
            else if (mark.Kind is MarkKind.Break or MarkKind.And) canvas.Paint(mark.Span, ColourType.Keyword);
            else if (mark.Kind == MarkKind.Comment) canvas.Paint(mark.Span, ColourType.Comment);
        }
    }

    private static void PaintLines(Canvas canvas, SyntaxTree tree)
    {
        foreach (ref readonly var token in tree.Tokens)
        {
            if (token.Kind == TokenKind.Separator) canvas.Paint(token.Span, ColourType.Separator);
            else if (token.Kind == TokenKind.NegativeHeader) canvas.Paint(token.Span, ColourType.Keyword);
        }

        foreach (ref readonly var parameter in tree.Parameters)
        {
            canvas.Paint(parameter.Key, ColourType.ParameterKey);
            canvas.Paint(parameter.Value, ColourType.ParameterValue);
        }
    }

    private static void PaintEscapes(Canvas canvas, PromptView side, TextSpan span, ColourModifiers negative)
    {
        var text = side.Slice(span);
        var escaped = side.Tree.Options.Dialect == Dialect.ComfyUI ? "()" : "()[]\\|";
        for (var i = text.IndexOf('\\'); i >= 0 && i + 1 < text.Length;)
        {
            if (escaped.Contains(text[i + 1])) canvas.Paint(new TextSpan(span.Start + i++, 2), ColourType.Escape, negative);
            var next = text[(i + 1)..].IndexOf('\\');
            i = next < 0 ? -1 : i + 1 + next;
        }
    }

    private static ColourType TypeOf(TagText text)
    {
        if (text.IsReference) return ColourType.Network;
        if (text.Special != SpecialKind.None) return text.Special == SpecialKind.PeopleCount ? ColourType.PeopleCount : ColourType.Special;
        return text.Category switch
        {
            TagCategory.Character => ColourType.Character,
            TagCategory.Series => ColourType.Series,
            TagCategory.Artist => ColourType.Artist,
            TagCategory.Meta => ColourType.Meta,
            _ => ColourType.General,
        };
    }

    private static ColourModifiers ModifiersOf(TagText text)
    {
        var modifiers = ColourModifiers.None;
        if (text.Is(TagTraits.Weak)) modifiers |= ColourModifiers.Weak;
        if (text.Is(TagTraits.Rare | TagTraits.Untrained)) modifiers |= ColourModifiers.Rare;
        if (!text.IsKnown && !text.IsReference) modifiers |= ColourModifiers.Unknown;
        if (text.Is(TagTraits.Deprecated)) modifiers |= ColourModifiers.Deprecated;
        return modifiers;
    }
}
