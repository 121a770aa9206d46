using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>A finding as rules leave it: cheap, and turned into a <see cref="Diagnostic"/> only where it is shown.</summary>
public struct Finding
{
    /// <summary>The rule's position in <see cref="RuleRegistry.All"/>.</summary>
    public int Rule { get; internal set; }

    /// <summary>After configuration.</summary>
    public Severity Severity { get; internal set; }

    /// <summary>Where, in the tree's text.</summary>
    public TextSpan Span { get; internal set; }

    /// <summary>Whether it stands in the negative prompt.</summary>
    public bool IsNegative { get; internal set; }

    /// <summary>The fact; null where the report wants no messages.</summary>
    public string? Message { get; internal set; }

    /// <summary>The action, where one line says it.</summary>
    public string? Help { get; internal set; }

    /// <summary>Rows of <see cref="Report.Fixes"/>.</summary>
    public RowRange Fixes { get; internal set; }

    /// <summary>Rows of <see cref="Report.Related"/>.</summary>
    public RowRange Related { get; internal set; }
}

/// <summary>A fix as rules leave it.</summary>
/// <param name="Title">The action; null where the report wants no messages.</param>
/// <param name="Safety">Whether it may be applied unseen.</param>
/// <param name="Edits">Rows of <see cref="Report.Edits"/>.</param>
public readonly record struct FixRow(string? Title, FixSafety Safety, RowRange Edits);

/// <summary>Adds to a finding what shows and mends it.</summary>
public readonly struct FindingBuilder
{
    private readonly int _index;

    internal FindingBuilder(Report report, int index)
    {
        Report = report;
        _index = index;
    }

    /// <summary>Where the finding is.</summary>
    public Report Report { get; }

    /// <summary>The action in one line.</summary>
    public FindingBuilder Help(string help)
    {
        Report.At(_index).Help = help;
        return this;
    }

    /// <summary>The action in one line.</summary>
    public FindingBuilder Help([System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] ref Message help)
    {
        Report.At(_index).Help = help.Take();
        return this;
    }

    /// <summary>Another place that explains the finding.</summary>
    public FindingBuilder Related(TextSpan span, string message)
    {
        Report.AddRelated(_index, new RelatedPlace(span, message));
        return this;
    }

    /// <summary>A fix that keeps what the author meant.</summary>
    public FindingBuilder Safe(string title, params ReadOnlySpan<TextEdit> edits) => Add(title, FixSafety.Safe, edits);

    /// <inheritdoc cref="Safe(string, ReadOnlySpan{TextEdit})"/>
    public FindingBuilder Safe(
        [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] ref Message title, params ReadOnlySpan<TextEdit> edits) =>
        Add(title.Take(), FixSafety.Safe, edits);

    /// <summary>A fix that somebody should look at.</summary>
    public FindingBuilder Unsafe(string title, params ReadOnlySpan<TextEdit> edits) => Add(title, FixSafety.Unsafe, edits);

    /// <inheritdoc cref="Unsafe(string, ReadOnlySpan{TextEdit})"/>
    public FindingBuilder Unsafe(
        [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] ref Message title, params ReadOnlySpan<TextEdit> edits) =>
        Add(title.Take(), FixSafety.Unsafe, edits);

    /// <summary>A further choice that a menu offers and no command applies.</summary>
    public FindingBuilder Choice(string title, params ReadOnlySpan<TextEdit> edits) => Add(title, FixSafety.DisplayOnly, edits);

    /// <inheritdoc cref="Choice(string, ReadOnlySpan{TextEdit})"/>
    public FindingBuilder Choice(
        [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] ref Message title, params ReadOnlySpan<TextEdit> edits) =>
        Add(title.Take(), FixSafety.DisplayOnly, edits);

    /// <summary>The fixes of this finding mend all that the rule found after it.</summary>
    public void FixesTheRest() => Report.ShareFixes(_index);

    /// <summary>The fixes of an earlier finding mend this one too.</summary>
    public FindingBuilder FixedWith(FindingBuilder other)
    {
        Report.At(_index).Fixes = Report.At(other._index).Fixes;
        return this;
    }

    /// <summary>Another default severity for this finding; a severity that the user set stays.</summary>
    public FindingBuilder As(Severity severity)
    {
        Report.Soften(_index, severity);
        return this;
    }

    private FindingBuilder Add(string? title, FixSafety safety, ReadOnlySpan<TextEdit> edits)
    {
        Report.AddFix(_index, title, safety, edits);
        return this;
    }
}
