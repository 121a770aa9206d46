using Kohaku.Syntax;

namespace Kohaku.Analysis;

/// <summary>How much a finding matters; <see cref="None"/> switches a rule off.</summary>
public enum Severity
{
    /// <summary>Switched off.</summary>
    None,

    /// <summary>Shown in the editor only as a faint mark.</summary>
    Hint,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Likely not what was meant.</summary>
    Warning,

    /// <summary>The generator fails or does something else.</summary>
    Error,
}

/// <summary>Whether a fix may be applied without being looked at.</summary>
public enum FixSafety
{
    /// <summary>Shown, never applied by a command.</summary>
    DisplayOnly,

    /// <summary>Applied only when unsafe fixes are asked for.</summary>
    Unsafe,

    /// <summary>Keeps what the author meant.</summary>
    Safe,
}

/// <summary>What a rule is called and how much its findings matter by default.</summary>
/// <param name="Id"><c>KHK</c> and three digits; never used again for another rule.</param>
/// <param name="Name">Completes "allow …": the pattern, not the cure.</param>
/// <param name="Default">The severity without configuration.</param>
public sealed record RuleInfo(string Id, string Name, Severity Default);

/// <summary>One replacement in a text.</summary>
/// <param name="Span">What is replaced; an empty span inserts.</param>
/// <param name="NewText">What stands there afterwards.</param>
public readonly record struct TextEdit(TextSpan Span, string NewText);

/// <summary>A named set of edits that belong together.</summary>
/// <param name="Title">The action, as a menu shows it.</param>
/// <param name="Safety">Whether it may be applied unseen.</param>
/// <param name="Edits">Sorted, not overlapping.</param>
public sealed record Fix(string Title, FixSafety Safety, IReadOnlyList<TextEdit> Edits);

/// <summary>Another place that explains a finding.</summary>
/// <param name="Span">Where.</param>
/// <param name="Message">What is there.</param>
public readonly record struct RelatedPlace(TextSpan Span, string Message);

/// <summary>A finding in a document, with everything that shows or mends it.</summary>
/// <param name="Rule">The rule that made it.</param>
/// <param name="Severity">After configuration; never <see cref="Severity.None"/>.</param>
/// <param name="Span">Where, in UTF-16 offsets of the document.</param>
/// <param name="Message">The fact.</param>
/// <param name="Help">The action, where one line says it.</param>
/// <param name="Fixes">The preferred one first.</param>
/// <param name="Related">Other places.</param>
public sealed record Diagnostic(
    RuleInfo Rule,
    Severity Severity,
    TextSpan Span,
    string Message,
    string? Help,
    IReadOnlyList<Fix> Fixes,
    IReadOnlyList<RelatedPlace> Related);
