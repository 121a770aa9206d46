using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Fixes;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>
/// Comments that silence rules: <c># kohaku: disable=weak-tag, KHK002</c> on a line of its own for the rest of the prompt, at a line's end
/// for that line; <c>disable-file</c> in the file's first lines for the file; <c>enable=</c> ends it.
/// </summary>
internal sealed class Suppressions
{
    private const string Marker = "kohaku:";
    private readonly List<Directive> _directives = [];

    private enum Scope : byte
    {
        Line,
        RestOfPrompt,
        File,
    }

    /// <summary>Takes out of the report what comments silence, and adds what they silence in vain.</summary>
    public void Apply(SyntaxTree tree, Report report, Settings settings)
    {
        if (tree.Marks.Length == 0 || !Read(tree)) return;
        if (report.Findings.Length > 0) report.Filter(finding => !IsSilenced(finding));
        ReportUnused(tree, report, settings);
    }

    private bool Read(SyntaxTree tree)
    {
        _directives.Clear();
        foreach (ref readonly var mark in tree.Marks)
        {
            if (mark.Kind == MarkKind.Comment && tree.Slice(mark.Span).Contains(Marker, StringComparison.OrdinalIgnoreCase)) Read(tree, mark.Span);
        }

        return _directives.Count > 0;
    }

    private void Read(SyntaxTree tree, TextSpan comment)
    {
        var text = tree.Text;
        var at = comment.Start + 1;
        while (at < comment.End && text[at] is ' ' or '\t' or '#') at++;
        if (!text[at..comment.End].StartsWith(Marker, StringComparison.OrdinalIgnoreCase)) return;
        at = SkipBlanks(text, at + Marker.Length, comment.End);
        var rest = text[at..comment.End];
        var equals = rest.IndexOf('=');
        var verb = (equals < 0 ? rest : rest[..equals]).Trim();
        var isEnable = verb.Equals("enable", StringComparison.OrdinalIgnoreCase);
        var isFile = verb.Equals("disable-file", StringComparison.OrdinalIgnoreCase);
        if (!isEnable && !isFile && !verb.Equals("disable", StringComparison.OrdinalIgnoreCase)) return;
        var scope = isFile ? Scope.File : IsOwnLine(text, comment.Start) ? Scope.RestOfPrompt : Scope.Line;
        var reach = Reach(tree, comment, scope);
        if (equals < 0)
        {
            if (isFile) _directives.Add(new Directive(comment, comment, -1, isEnable, reach));
            return;
        }

        for (var i = at + equals + 1; i < comment.End;)
        {
            var comma = text[i..comment.End].IndexOf(',');
            var end = comma < 0 ? comment.End : i + comma;
            var first = SkipBlanks(text, i, end);
            var last = end;
            while (last > first && char.IsWhiteSpace(text[last - 1])) last--;
            if (last > first)
            {
                var rule = RuleRegistry.Find(text[first..last]);
                _directives.Add(new Directive(comment, TextSpan.FromBounds(first, last), rule?.Index ?? -2, isEnable, reach));
            }

            i = end + 1;
        }
    }

    private static TextSpan Reach(SyntaxTree tree, TextSpan comment, Scope scope)
    {
        if (scope == Scope.File) return new TextSpan(0, tree.Text.Length);
        if (scope == Scope.Line)
        {
            var start = comment.Start;
            while (start > 0 && tree.Text[start - 1] is not ('\n' or '\r')) start--;
            return TextSpan.FromBounds(start, comment.End);
        }

        var end = comment.End;
        foreach (ref readonly var prompt in tree.Prompts)
            if (prompt.Span.Start <= comment.Start && comment.Start <= prompt.Span.End) end = prompt.Span.End;
        return TextSpan.FromBounds(comment.Start, end + 1);
    }

    private bool IsSilenced(in Finding finding)
    {
        if (!RuleRegistry.Rules.CanChange(finding.Rule)) return false;
        var silencedBy = -1;
        for (var i = 0; i < _directives.Count; i++)
        {
            var directive = _directives[i];
            if (directive.Rule != finding.Rule && directive.Rule != -1) continue;
            if (!directive.Reach.Contains(finding.Span.Start)) continue;
            silencedBy = directive.IsEnable ? -1 : i;
        }

        if (silencedBy < 0) return false;
        _directives[silencedBy] = _directives[silencedBy] with { IsUsed = true };
        return true;
    }

    private void ReportUnused(SyntaxTree tree, Report report, Settings settings)
    {
        var rule = RuleRegistry.All[0];
        if (!settings.Runs(rule.Index)) return;
        report.Begin(rule, settings);
        foreach (var directive in _directives)
        {
            if (directive.IsUsed || directive.IsEnable) continue;
            var name = tree.Slice(directive.Name);
            var finding = directive.Rule == -2
                ? report.Add(rule, directive.Name, $"there is no rule `{name}` to suppress")
                : report.Add(rule, directive.Name, $"this suppresses nothing: `{name}` finds nothing here");
            finding.Safe("Remove the suppression", Remove(tree, directive));
        }
    }

    /// <summary>Takes the name out of the comment, or the comment if it was the last one.</summary>
    private TextEdit Remove(SyntaxTree tree, Directive directive)
    {
        var text = tree.Text;
        if (_directives.Count(other => other.Comment == directive.Comment) > 1)
        {
            var end = SkipBlanks(text, directive.Name.End, directive.Comment.End);
            if (end < directive.Comment.End && text[end] == ',')
                return Edit.Delete(TextSpan.FromBounds(directive.Name.Start, SkipBlanks(text, end + 1, directive.Comment.End)));
            var before = directive.Name.Start;
            while (text[before - 1] is ' ' or '\t') before--;
            return Edit.Delete(TextSpan.FromBounds(text[before - 1] == ',' ? before - 1 : before, directive.Name.End));
        }

        var start = directive.Comment.Start;
        while (start > 0 && text[start - 1] is ' ' or '\t') start--;
        var stop = directive.Comment.End;
        if (IsOwnLine(text, directive.Comment.Start) && stop < text.Length) stop += text[stop] == '\r' && stop + 1 < text.Length && text[stop + 1] == '\n' ? 2 : 1;
        return Edit.Delete(TextSpan.FromBounds(start, stop));
    }

    private static bool IsOwnLine(ReadOnlySpan<char> text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t' or '\uFEFF') at--;
        return at == 0 || text[at - 1] is '\n' or '\r';
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at, int end)
    {
        while (at < end && char.IsWhiteSpace(text[at])) at++;
        return at;
    }

    /// <param name="Comment">The whole comment.</param>
    /// <param name="Name">The rule's name in it.</param>
    /// <param name="Rule">The rule's index; −1 for all rules, −2 for a name that no rule has.</param>
    /// <param name="IsEnable">Whether it ends a suppression.</param>
    /// <param name="Reach">Where it holds.</param>
    private sealed record Directive(TextSpan Comment, TextSpan Name, int Rule, bool IsEnable, TextSpan Reach)
    {
        public bool IsUsed { get; init; }
    }
}
