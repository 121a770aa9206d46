using System.Globalization;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Fixes;

/// <summary>The edits that fixes are made of: what "remove a tag" means for its comma and its brackets is decided here alone.</summary>
public static class Edit
{
    /// <summary>Writes another text in a tag's place; brackets and weight around it stay.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="text">As it must stand in the prompt, brackets escaped.</param>
    public static TextEdit Replace(in TagView tag, string text) => new(tag.Span, text);

    /// <summary>Puts text in at an offset.</summary>
    public static TextEdit Insert(int offset, string text) => new(new TextSpan(offset, 0), text);

    /// <summary>Takes a span out.</summary>
    public static TextEdit Delete(TextSpan span) => new(span, "");

    /// <summary>Blanks for underscores; brackets that cut the tag stay.</summary>
    public static TextEdit[] Respace(PromptView prompt, in TagView tag)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var text = prompt.Slice(tag.Span);
        if (tag.Pieces.Count == 1) return [new TextEdit(tag.Span, Spaced(text))];
        var edits = new TextEdit[text.Count('_')];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '_') edits[count++] = new TextEdit(new TextSpan(tag.Span.Start + i, 1), " ");
        return edits;
    }

    /// <summary>A text with one blank for each run of underscores, none at its ends.</summary>
    public static string Spaced(ReadOnlySpan<char> text)
    {
        text = text.Trim('_');
        if (text.IndexOf("__") < 0) return text.ToString().Replace('_', ' ');
        var result = new System.Text.StringBuilder(text.Length);
        foreach (var c in text)
            if (c != '_' || result[^1] != ' ') result.Append(c == '_' ? ' ' : c);
        return result.ToString();
    }

    /// <summary>
    /// Takes a tag out with the brackets that would be left empty and with one separator. Nothing is taken where brackets that hold other
    /// tags too cut it: <see cref="CanRemove"/>.
    /// </summary>
    public static TextEdit Remove(PromptView prompt, in TagView tag)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return CanRemove(prompt, tag) ? Delete(WithSeparator(prompt, Whole(prompt, tag))) : Delete(new TextSpan(tag.Span.Start, 0));
    }

    /// <summary>Whether a tag can be taken out without hurting a bracket: all but those that are cut by brackets which reach beyond their field.</summary>
    public static bool CanRemove(PromptView prompt, in TagView tag)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (!tag.IsCut) return true;
        ref readonly var field = ref prompt.Tree.Fields[tag.Field];
        if (field.Pieces != tag.Pieces || prompt.Slice(field.Span).Contains('<')) return false;
        for (var i = tag.Pieces.First; i < tag.Pieces.End; i++)
        {
            for (var group = prompt.Tree.Pieces[i].Group; group >= 0; group = prompt.Tree.Groups[group].Parent)
            {
                ref readonly var bracket = ref prompt.Tree.Groups[group];
                var holdsField = bracket.Open < field.Span.Start && (bracket.Close >= field.Span.End || !bracket.IsClosed);
                var isInside = bracket.Open >= field.Span.Start && bracket.IsClosed && bracket.Close < field.Span.End;
                if (!holdsField && !isInside) return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Gives a tag an effective weight: changes the number of its own bracket, or puts brackets round it. A weight of 1 takes its own
    /// brackets away. Not for a tag that brackets cut.
    /// </summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="weight">The weight that the generator shall see, brackets further out multiplied in.</param>
    public static TextEdit SetWeight(PromptView prompt, in TagView tag, double weight)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var whole = Whole(prompt, tag);
        var outer = prompt.Tree.Options.Dialect == Dialect.ComfyUI ? 1 : OuterWeight(prompt, tag, whole);
        var own = outer == 0 ? weight : weight / outer;
        var written = prompt.Slice(tag.Span).ToString();
        var text = tag.HasBareBrackets ? Escape(written) : written;
        return new TextEdit(whole, Math.Abs(own - 1) < 0.0005 ? text : $"({text}:{Number(own)})");
    }

    /// <summary>The shortest form of a weight, at most three digits behind the point: <c>1.1</c>.</summary>
    public static string Number(double weight) => weight switch
    {
        // The weights that fixes write; formatting a number costs more than all else of such a fix.
        1.5 => "1.5",
        2 => "2",
        2.5 => "2.5",
        _ => weight.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>A tag's name as a prompt must write it: in A1111 brackets and backslashes escaped, in ComfyUI round brackets.</summary>
    public static string Escape(string text, Dialect dialect = Dialect.A1111)
    {
        ArgumentNullException.ThrowIfNull(text);
        var special = dialect == Dialect.A1111 ? "()[]\\" : "()";
        if (text.AsSpan().IndexOfAny(special) < 0) return text;
        var escaped = new System.Text.StringBuilder(text.Length + 4);
        foreach (var c in text)
        {
            if (special.Contains(c)) escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>The tag with all brackets that hold nothing else, their weights included.</summary>
    public static TextSpan Whole(PromptView prompt, in TagView tag)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var whole = tag.IsCut ? prompt.Tree.Fields[tag.Field].Span : tag.Span;
        for (var group = tag.Group; group >= 0; group = prompt.Tree.Groups[group].Parent)
        {
            ref readonly var bracket = ref prompt.Tree.Groups[group];
            if (bracket.Kind is not (GroupKind.Round or GroupKind.Square) || !HoldsOnly(prompt, bracket, whole)) break;
            whole = TextSpan.FromBounds(bracket.Open, bracket.Close + 1);
        }

        return whole;
    }

    /// <summary>The line end that a text uses: <c>\r\n</c> where it has one, else <c>\n</c>.</summary>
    public static string LineEnd(ReadOnlySpan<char> text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>A span with the comma that would be left over: the one behind it, else the one before.</summary>
    public static TextSpan WithSeparator(PromptView prompt, TextSpan span)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var text = prompt.Text;
        var (first, last) = (prompt.Side.Span.Start, prompt.Side.Span.End);
        var behind = SkipBlanks(text, span.End, last);
        if (behind < last && text[behind] == ',')
        {
            var next = SkipBlanks(text, behind + 1, last);
            if (next < last && text[next] is '\n' or '\r' && IsLineStart(text, span.Start, first)) return TakeLine(text, span.Start, next, last);
            return next < last && text[next] is not ('\n' or '\r') || next == last
                ? TextSpan.FromBounds(span.Start, next)
                : TextSpan.FromBounds(span.Start, behind + 1);
        }

        var before = span.Start;
        while (before > first && text[before - 1] is ' ' or '\t') before--;
        if (before > first && text[before - 1] == ',') return TextSpan.FromBounds(GuardsNumber(text, before - 1, first) ? before : before - 1, span.End);
        return span;
    }

    /// <summary>The product of the brackets outside of the tag's own.</summary>
    private static double OuterWeight(PromptView prompt, in TagView tag, TextSpan whole)
    {
        var inner = 1.0;
        for (var group = tag.Group; group >= 0; group = prompt.Tree.Groups[group].Parent)
        {
            ref readonly var bracket = ref prompt.Tree.Groups[group];
            if (bracket.Open < whole.Start) break;
            inner *= bracket.Multiplier;
        }

        return inner == 0 ? 1 : tag.Weight / inner;
    }

    private static bool HoldsOnly(PromptView prompt, in GroupNode bracket, TextSpan content)
    {
        if (!bracket.IsClosed || bracket.HasNetworkBehindWeight || content.Start <= bracket.Open || content.End > bracket.Close) return false;
        var end = bracket.HasWeight ? bracket.WeightSpan.Start : bracket.Close;
        return prompt.Text[(bracket.Open + 1)..content.Start].IsWhiteSpace() && content.End <= end && prompt.Text[content.End..end].IsWhiteSpace();
    }

    /// <summary>Without the comma, <c>reverse:1999</c> would become the weight of the whole prompt (KHK206).</summary>
    internal static bool GuardsNumber(ReadOnlySpan<char> text, int comma, int first)
    {
        var i = comma;
        while (i > first && (char.IsAsciiDigit(text[i - 1]) || text[i - 1] is '.' or '+' or '-' || char.IsWhiteSpace(text[i - 1]))) i--;
        return i < comma && i > first && text[i - 1] == ':';
    }

    private static TextSpan TakeLine(ReadOnlySpan<char> text, int start, int lineBreak, int last)
    {
        var end = text[lineBreak] == '\r' && lineBreak + 1 < last && text[lineBreak + 1] == '\n' ? lineBreak + 2 : lineBreak + 1;
        while (start > 0 && text[start - 1] is ' ' or '\t') start--;
        return TextSpan.FromBounds(start, end);
    }

    private static bool IsLineStart(ReadOnlySpan<char> text, int at, int first)
    {
        while (at > first && text[at - 1] is ' ' or '\t') at--;
        return at == first || text[at - 1] is '\n' or '\r';
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at, int end)
    {
        while (at < end && text[at] is ' ' or '\t') at++;
        return at;
    }
}
