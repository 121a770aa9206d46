using System.Text.Json.Serialization;
using Kohaku.LanguageServer.Diagnosing;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>A finding.</summary>
internal sealed record Diagnostic
{
    public required Range Range { get; init; }

    /// <summary>1 error, 2 warning, 3 information, 4 hint.</summary>
    public required int Severity { get; init; }

    /// <summary><c>KHK001</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Where the rule is described.</summary>
    public CodeDescription? CodeDescription { get; init; }

    public required string Source { get; init; }

    public required string Message { get; init; }

    /// <summary>1 unnecessary, 2 deprecated.</summary>
    public int[]? Tags { get; init; }

    public DiagnosticRelatedInformation[]? RelatedInformation { get; init; }

    /// <summary>The fixes with their edits: a quick fix needs no second lint.</summary>
    public DiagnosticData? Data { get; init; }
}

internal sealed record CodeDescription(string Href);

internal sealed record DiagnosticRelatedInformation(Location Location, string Message);

/// <summary>What the server wants back with a code action.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Fixes">The preferred one first.</param>
internal sealed record DiagnosticData(string Rule, DiagnosticFix[] Fixes);

/// <summary>A fix in a diagnostic.</summary>
/// <param name="Title">The action.</param>
/// <param name="Safety">2 safe, 1 unsafe, 0 for display only: a choice that no command takes by itself.</param>
/// <param name="Edits">In the version that the diagnostic is of.</param>
internal sealed record DiagnosticFix(string Title, int Safety, TextEdit[] Edits)
{
    /// <summary>Whether it may be applied unseen.</summary>
    [JsonIgnore]
    public bool IsSafe => Safety == (int)Analysis.FixSafety.Safe;
}

/// <summary><c>textDocument/publishDiagnostics</c>.</summary>
internal sealed record PublishDiagnosticsParams(string Uri, int? Version, Diagnostic[] Diagnostics);

/// <summary><c>textDocument/diagnostic</c>.</summary>
internal sealed record DocumentDiagnosticParams(TextDocumentIdentifier TextDocument)
{
    public string? PreviousResultId { get; init; }
}

/// <summary>The findings of a document: all, or that they are as they were.</summary>
/// <param name="Kind"><c>full</c> or <c>unchanged</c>.</param>
/// <param name="ResultId">The same for the same text and configuration.</param>
/// <param name="Items">The findings; null where unchanged.</param>
internal sealed record DocumentDiagnosticReport(string Kind, string ResultId, DiagnosticList? Items);

/// <summary><c>workspace/diagnostic</c>.</summary>
internal sealed record WorkspaceDiagnosticParams
{
    [JsonConverter(typeof(WholeArray<PreviousResultId>))]
    public PreviousResultId[]? PreviousResultIds { get; init; }

    public System.Text.Json.JsonElement? PartialResultToken { get; init; }

    public System.Text.Json.JsonElement? WorkDoneToken { get; init; }
}

internal sealed record PreviousResultId(string Uri, string Value);

/// <summary>The findings of one document of a workspace.</summary>
internal sealed record WorkspaceDocumentDiagnosticReport
{
    public required string Kind { get; init; }

    public required string ResultId { get; init; }

    public required string Uri { get; init; }

    /// <summary>Null for a document that is not open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Version { get; init; }

    public DiagnosticList? Items { get; init; }
}

/// <summary>The findings of a workspace, or one portion of them.</summary>
internal sealed record WorkspaceDiagnosticReport(WorkspaceDocumentDiagnosticReport[] Items);
