using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a bracket that is never closed, and one that closes nothing.</summary>
/// <remarks>
/// <b>Why</b> An open bracket weights all that follows; a lone closing one reaches the model as text, and in ComfyUI switches later weights off.
/// <b>Bad</b> <c>1girl, [|(|]smile, solo</c>
/// <b>Good</b> <c>1girl, (smile), solo</c>
/// <b>Fix</b> Safe: closes behind a written weight, or at the end where nothing else follows; unsafe: closes behind the tag, or removes.
/// </remarks>
internal sealed class UnbalancedBracket : Rule
{
    /// <summary>Weights further along belong to something else, and a text of brackets alone must take linear time.</summary>
    private const int FieldsToTry = 16;

    private const int GroupsToTry = 64;

    public override RuleInfo Info { get; } = new("KHK201", "unbalanced-bracket", Severity.Error);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (BracketBalance.Of(prompt) is not { } balance) return;
        foreach (var stray in balance.Stray) ReportStray(prompt, report, stray);
        for (var i = 0; i < balance.Unclosed.Count;)
        {
            // `((a`: brackets of one kind that stand together are closed together.
            var first = balance.Unclosed[i];
            var count = 1;
            while (i + count < balance.Unclosed.Count && balance.Unclosed[i + count] == first + count && prompt.Text[first + count] == prompt.Text[first]) count++;
            var limit = i + count < balance.Unclosed.Count ? balance.Unclosed[i + count] : prompt.Side.Span.End;
            ReportUnclosed(prompt, report, first, count, limit);
            i += count;
        }
    }

    private void ReportStray(PromptView prompt, Report report, int at)
    {
        var span = new TextSpan(at, 1);
        var finding = report.Add(this, span, "this bracket closes nothing").Help("remove it, or write a backslash before it");
        if (Opener(prompt, at) is var opener and >= 0) finding.Unsafe("Open the bracket", Edit.Insert(opener, "("));
        else if (at > prompt.Side.Span.Start && prompt.Text[at - 1] is ')' or ']') finding.Safe("Remove the bracket", Edit.Delete(span));
        else finding.Unsafe("Remove the bracket", Edit.Delete(span));
        finding.Choice("Escape the bracket", Edit.Insert(at, "\\"));
    }

    /// <summary>Where the bracket of <c>blue eyes:1.2)</c> should open; −1 where no weight stands before it.</summary>
    private static int Opener(PromptView prompt, int at)
    {
        var fields = prompt.Fields;
        var field = FieldAt(fields, at);
        if (prompt.Text[at] != ')' || field == fields.Length || fields[field].Pieces.Count != 1) return -1;
        var piece = prompt.Tree.Pieces[fields[field].Pieces.First].Span;
        if (!piece.Contains(at)) return -1;
        var before = prompt.Text[piece.Start..at];
        var colon = before.LastIndexOf(':');
        return colon > 0 && Weights.IsNumber(before[(colon + 1)..].Trim()) ? piece.Start : -1;
    }

    private void ReportUnclosed(PromptView prompt, Report report, int first, int count, int limit)
    {
        var closers = new string(prompt.Text[first] == '(' ? ')' : ']', count);
        var isCertain = FindClose(prompt, first + count - 1, limit, out var close);
        var finding = report.Add(this, new TextSpan(first, 1), "this bracket is never closed").Help("close it, or write a backslash before it");
        if (isCertain) finding.Safe("Close the bracket", Edit.Insert(close, closers));
        else finding.Unsafe("Close the bracket", Edit.Insert(close, closers));
        finding.Choice("Remove the bracket", Edit.Delete(new TextSpan(first, count)));
        for (var i = 1; i < count; i++) report.Add(this, new TextSpan(first + i, 1), "this bracket is never closed").FixedWith(finding);
    }

    /// <summary>Where a bracket should close: behind the first weight, else behind the first tag. True where hardly anything else can be meant.</summary>
    private static bool FindClose(PromptView prompt, int open, int limit, out int close)
    {
        var fields = prompt.Fields;
        var first = FieldAt(fields, open);
        close = open + 1;
        if (first == fields.Length) return false;
        close = OutsideGroups(prompt, open, fields[first].Span.End);
        var isRound = prompt.Text[open] == '(';
        for (var i = first; isRound && i < fields.Length && i < first + FieldsToTry && fields[i].Span.Start < limit; i++)
        {
            if (!EndsInWeight(prompt, fields[i])) continue;
            close = OutsideGroups(prompt, open, fields[i].Span.End);
            return true;
        }

        return first == fields.Length - 1;
    }

    private static bool EndsInWeight(PromptView prompt, in FieldNode field)
    {
        if (field.Pieces.Count == 0) return false;
        var piece = prompt.Slice(prompt.Tree.Pieces[field.Pieces.End - 1].Span);
        var colon = piece.LastIndexOf(':');
        return colon >= 0 && Weights.IsNumber(piece[(colon + 1)..].Trim()) && !prompt.Lookup.TryFind(piece, out _);
    }

    /// <summary>Behind the brackets that open after <paramref name="open"/> and hold the place.</summary>
    private static int OutsideGroups(PromptView prompt, int open, int place)
    {
        var groups = prompt.Groups;
        var first = Weights.LastGroupBefore(prompt, open + 1) + 1;
        for (var i = first; i < groups.Length && i < first + GroupsToTry && groups[i].Open < place; i++)
            if (groups[i].Close >= place) place = groups[i].Close + 1;

        return place;
    }

    private static int FieldAt(ReadOnlySpan<FieldNode> fields, int position)
    {
        var (low, high) = (0, fields.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (fields[middle].Span.End <= position) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
