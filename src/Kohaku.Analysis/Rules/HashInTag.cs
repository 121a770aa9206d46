using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a <c>#</c> that is part of a tag: it and the rest of the line are lost as a comment.</summary>
/// <remarks>
/// <b>Why</b> A1111 cuts each line at <c>#</c> and knows no escape for it, so tags such as <c>#compass</c> cannot be said, and what follows on the line goes with them.
/// <b>Bad</b> <c>1girl, [|#compass, smile|]</c>
/// <b>Good</b> <c>1girl, smile # a comment</c>
/// <b>Fix</b> None: leave the tag out, or move it to the end of its line.
/// </remarks>
internal sealed class HashInTag : Rule
{
    private const int ColourDigits = 6;

    public override RuleInfo Info { get; } = new("KHK210", "hash-in-tag", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind != MarkKind.Comment || !IsLostTag(prompt, mark.Span)) continue;
            report.Add(this, mark.Span, $"`{prompt.Slice(mark.Span)}` is lost: `#` begins a comment").Help("A1111 knows no escape for it: leave the tag out");
        }
    }

    private static bool IsLostTag(PromptView prompt, TextSpan comment)
    {
        var text = prompt.Slice(comment);
        if (text.Length < 2 || text[1] == '#') return false;
        var before = comment.Start > prompt.Side.Span.Start ? prompt.Text[comment.Start - 1] : ' ';
        var isGlued = char.IsLetterOrDigit(before) || before is ')' or ':' or '-' or '_' or '(';
        if (isGlued) return true;
        if (char.IsWhiteSpace(text[1])) return false;
        var comma = text.IndexOf(',');
        var tag = (comma < 0 ? text : text[..comma]).Trim();
        if (prompt.Lookup.TryFind(tag, out _) || prompt.Lookup.TryFind(tag.TrimEnd(")]"), out _)) return true;
        if (!IsOwnLine(prompt, comment.Start) && IsColour(tag)) return true;
        return IsTagWithSeries(prompt, tag);
    }

    /// <summary><c>#unicus</c> for the tag <c>#unicus (idolmaster)</c>.</summary>
    private static bool IsTagWithSeries(PromptView prompt, ReadOnlySpan<char> tag)
    {
        if (tag.Length > 64) return false;
        Span<char> name = stackalloc char[64 + 16];
        tag.CopyTo(name);
        " (idolmaster)".CopyTo(name[tag.Length..]);
        return prompt.Lookup.TryFind(name[..(tag.Length + 13)], out _);
    }

    private static bool IsColour(ReadOnlySpan<char> tag)
    {
        var digits = 1;
        while (digits < tag.Length && char.IsAsciiHexDigit(tag[digits])) digits++;
        return digits == ColourDigits + 1 && (digits == tag.Length || !char.IsLetterOrDigit(tag[digits]));
    }

    private static bool IsOwnLine(PromptView prompt, int at)
    {
        while (at > prompt.Side.Span.Start && prompt.Text[at - 1] is ' ' or '\t') at--;
        return at == prompt.Side.Span.Start || prompt.Text[at - 1] is '\n' or '\r';
    }
}
