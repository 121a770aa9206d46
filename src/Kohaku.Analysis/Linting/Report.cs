using System.Runtime.CompilerServices;
using Kohaku.Analysis.Configuration;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>The findings of one lint, in tables that are used again for the next.</summary>
public sealed class Report
{
    private Finding[] _findings = new Finding[16];
    private FixRow[] _fixes = new FixRow[16];
    private TextEdit[] _edits = new TextEdit[16];
    private RelatedPlace[] _related = new RelatedPlace[4];
    private int _findingCount;
    private int _fixCount;
    private int _editCount;
    private int _relatedCount;
    private Severity _severity;
    private bool _isConfigured;

    /// <summary>Whether messages, titles and help are put together.</summary>
    public bool WantsMessages { get; set; } = true;

    /// <summary>Whether fixes that cost a search (near names) are looked for, and choices beside the preferred fix are offered.</summary>
    public bool WantsSuggestions { get; set; } = true;

    /// <summary>The findings, in the order of the text once the linter is done.</summary>
    public ReadOnlySpan<Finding> Findings => _findings.AsSpan(0, _findingCount);

    /// <summary>The fixes that findings name.</summary>
    public ReadOnlySpan<FixRow> Fixes => _fixes.AsSpan(0, _fixCount);

    /// <summary>The edits that fixes name.</summary>
    public ReadOnlySpan<TextEdit> Edits => _edits.AsSpan(0, _editCount);

    /// <summary>The places that findings name.</summary>
    public ReadOnlySpan<RelatedPlace> Related => _related.AsSpan(0, _relatedCount);

    internal bool InNegative { get; set; }

    /// <summary>What is linted.</summary>
    internal SyntaxTree? Tree { get; set; }

    internal int Count => _findingCount;

    /// <summary>Forgets all findings and keeps the storage.</summary>
    public void Clear()
    {
        _findings.AsSpan(0, _findingCount).Clear();
        _findingCount = _fixCount = _editCount = _relatedCount = 0;
    }

    /// <summary>Reports a finding of the rule that runs.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="span">Where.</param>
    /// <param name="message">The fact; put together only where it is read.</param>
    public FindingBuilder Add(Rule rule, TextSpan span, [InterpolatedStringHandlerArgument("")] ref Message message) =>
        AddFinding(rule, span, message.Take());

    /// <inheritdoc cref="Add(Rule, TextSpan, ref Message)"/>
    public FindingBuilder Add(Rule rule, TextSpan span, string message) => AddFinding(rule, span, message);

    /// <summary>Takes the severity of the rule that runs next.</summary>
    internal void Begin(Rule rule, Settings settings)
    {
        _severity = settings.Severities[rule.Index];
        _isConfigured = _severity != rule.Info.Default;
    }

    /// <summary>Keeps the findings that a test passes.</summary>
    internal void Filter(Func<Finding, bool> keep)
    {
        var kept = 0;
        for (var i = 0; i < _findingCount; i++)
            if (keep(_findings[i])) _findings[kept++] = _findings[i];
        _findings.AsSpan(kept, _findingCount - kept).Clear();
        _findingCount = kept;
    }

    /// <summary>Puts findings in the order of the text; at one place, by rule.</summary>
    internal void Sort(int first)
    {
        var span = _findings.AsSpan(first, _findingCount - first);
        if (span.Length > 64)
        {
            span.Sort(Compare);
            return;
        }

        // Mostly in order already, one run a rule: insertion is quicker than a sort through a delegate.
        for (var i = 1; i < span.Length; i++)
        {
            var item = span[i];
            var j = i - 1;
            for (; j >= 0 && Compare(span[j], item) > 0; j--) span[j + 1] = span[j];
            span[j + 1] = item;
        }
    }

    internal ref Finding At(int index) => ref _findings[index];

    internal void AddRelated(int finding, RelatedPlace place)
    {
        if (_relatedCount == _related.Length) Array.Resize(ref _related, _relatedCount * 2);
        _related[_relatedCount++] = place;
        ref var row = ref _findings[finding];
        row.Related = new RowRange(row.Related.Count == 0 ? _relatedCount - 1 : row.Related.First, _relatedCount);
    }

    internal void AddFix(int finding, string? title, FixSafety safety, ReadOnlySpan<TextEdit> edits)
    {
        // A fix that changes nothing would be offered for ever, and keep those beside it from being applied.
        if (ChangeNothing(edits)) return;
        if (_fixCount == _fixes.Length) Array.Resize(ref _fixes, _fixCount * 2);
        while (_editCount + edits.Length > _edits.Length) Array.Resize(ref _edits, _edits.Length * 2);
        edits.CopyTo(_edits.AsSpan(_editCount));
        _fixes[_fixCount++] = new FixRow(title, safety, new RowRange(_editCount, _editCount + edits.Length));
        _editCount += edits.Length;
        ref var row = ref _findings[finding];
        row.Fixes = new RowRange(row.Fixes.Count == 0 ? _fixCount - 1 : row.Fixes.First, _fixCount);
    }

    /// <summary>Takes the fixes of a finding, and of all that were found after it, away.</summary>
    internal void DropFixes(int finding)
    {
        for (var i = finding; i < _findingCount; i++) _findings[i].Fixes = default;
    }

    /// <summary>The fixes of a finding mend all that was found after it.</summary>
    internal void ShareFixes(int finding)
    {
        for (var i = finding + 1; i < _findingCount; i++) _findings[i].Fixes = _findings[finding].Fixes;
    }

    internal void Soften(int finding, Severity severity)
    {
        if (!_isConfigured) _findings[finding].Severity = severity;
    }

    private bool ChangeNothing(ReadOnlySpan<TextEdit> edits)
    {
        if (Tree is not { } tree) return false;
        foreach (ref readonly var edit in edits)
            if (!tree.Slice(edit.Span).SequenceEqual(edit.NewText)) return false;
        return true;
    }

    private static int Compare(Finding a, Finding b)
    {
        var byStart = a.Span.Start.CompareTo(b.Span.Start);
        if (byStart != 0) return byStart;
        var byRule = a.Rule.CompareTo(b.Rule);
        return byRule != 0 ? byRule : a.Span.Length.CompareTo(b.Span.Length);
    }

    private FindingBuilder AddFinding(Rule rule, TextSpan span, string? message)
    {
        if (_findingCount == _findings.Length) Array.Resize(ref _findings, _findingCount * 2);
        ref var row = ref _findings[_findingCount];
        row = default;
        row.Rule = rule.Index;
        row.Severity = _severity;
        row.Span = span;
        row.IsNegative = InNegative;
        row.Message = message;
        return new FindingBuilder(this, _findingCount++);
    }
}
