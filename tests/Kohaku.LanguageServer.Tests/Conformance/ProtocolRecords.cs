using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kohaku.LanguageServer.Protocol;

namespace Kohaku.LanguageServer.Tests.Conformance;

/// <summary>The records of the protocol and what they are in its model.</summary>
internal static class ProtocolRecords
{
    /// <summary>Records that the protocol does not have: kohaku's own messages, what stands in its <c>data</c>, and bookkeeping.</summary>
    public static IReadOnlyList<string> Own { get; } = 
    [
        "ServerOptions", "OwnClientOptions", "TrustChangedParams", "ServerStatus", "DatabaseStatus", "PromptStatus", "DiagnosticData", "DiagnosticFix", "EmptyParams", "FixCall",
        "SearchTagsParams", "SearchTagsResult", "FoundTag", "TagInfoParams", "TagInfo", "InsertTagParams", "InsertTagResult", "ClearUsageResult", "ExplainRuleParams", "RuleExplanation",
        "CodeActionData", "EditParams", "EditResult",
        "GenerateParams", "GenerateOptions", "GenerateResult", "GeneratedFile", "FailureData", "PromptPlace", "GenerationOptionsParams", "GenerationChoices", "ModelChoice", "SizeChoice",
        "GenerationDefaultValues", "ImagePromptParams", "ImagePromptResult",
    ];

    /// <summary>Records with a name of their own, and the structures that they stand for: one record reads the parameters of several methods.</summary>
    public static IReadOnlyDictionary<string, string[]> Names { get; } = new Dictionary<string, string[]>
    {
        ["TextDocumentParams"] = ["DidCloseTextDocumentParams", "DocumentSymbolParams", "FoldingRangeParams", "DocumentLinkParams", "CodeLensParams", "SemanticTokensParams"],
        ["TextDocumentRangeParams"] = ["InlayHintParams", "SemanticTokensRangeParams"],
        ["DocumentDiagnosticReport"] = ["RelatedFullDocumentDiagnosticReport", "RelatedUnchangedDocumentDiagnosticReport"],
        ["WorkspaceDocumentDiagnosticReport"] = ["WorkspaceFullDocumentDiagnosticReport", "WorkspaceUnchangedDocumentDiagnosticReport"],
        ["DocumentChange"] = ["TextDocumentEdit", "CreateFile"],
        ["CodeActionCommand"] = ["Command"],
        ["UnresolvedCodeAction"] = ["CodeAction"],
        ["OnTypeFormattingParams"] = ["DocumentOnTypeFormattingParams"],
        ["PrepareRenameResult"] = ["PrepareRenamePlaceholder"],
        ["TextDocumentRangesParams"] = ["DocumentRangesFormattingParams"],
        ["WorkDoneProgress"] = ["WorkDoneProgressBegin"],
        ["CompletionItemOptions"] = ["ServerCompletionItemOptions"],
        ["SemanticTokensFull"] = ["SemanticTokensFullDelta"],
        ["ResolveOptions"] = ["DocumentLinkOptions", "CodeLensOptions"],
        ["WorkspaceServerCapabilities"] = ["WorkspaceOptions"],
        ["FileWatcher"] = ["FileSystemWatcher"],
        ["TextDocumentContentChangeEvent"] = ["TextDocumentContentChangePartial"],
        ["FileWatcherOptions"] = ["DidChangeWatchedFilesRegistrationOptions"],
        ["SemanticTokens"] = ["SemanticTokens", "SemanticTokensDelta"],
        ["ResolveSupport"] = ["ClientCodeActionResolveOptions"],
        ["CodeActionLiteralSupport"] = ["ClientCodeActionLiteralOptions"],
        ["DynamicCapability"] = ["DidChangeConfigurationClientCapabilities", "DiagnosticClientCapabilities"],
        ["RefreshCapability"] = ["DiagnosticWorkspaceClientCapabilities", "SemanticTokensWorkspaceClientCapabilities", "InlayHintWorkspaceClientCapabilities", "CodeLensWorkspaceClientCapabilities"],
        ["DidChangeWatchedFilesCapability"] = ["DidChangeWatchedFilesClientCapabilities"],
        ["PublishDiagnosticsCapability"] = ["PublishDiagnosticsClientCapabilities"],
        ["CompletionItemClientCapabilities"] = ["ClientCompletionItemOptions"],
        ["CompletionListClientCapabilities"] = ["CompletionListCapabilities"],
    };

    /// <summary>One record for what the protocol has two of, and left out is what only one of them has.</summary>
    public static bool IsEither(Type record) => record.Name is "DocumentDiagnosticReport" or "WorkspaceDocumentDiagnosticReport" or "SemanticTokens";

    /// <summary>Structures that clients send back as the server wrote them, or that nothing reads: what the server writes always is there.</summary>
    public static IReadOnlyList<string> OnlySent { get; } = ["Diagnostic", "CodeLens", "CreateFile", "CreateFileOptions", "Command"];

    /// <summary>All of them.</summary>
    public static IEnumerable<Type> All => typeof(Diagnostic).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Diagnostic).Namespace && !type.IsNested && !typeof(JsonConverter).IsAssignableFrom(type) && !typeof(JsonSerializerContext).IsAssignableFrom(type))
        .Where(type => !type.IsEnum && !type.IsAbstract && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null);

    /// <summary>The structures that a record stands for.</summary>
    public static string[] StructuresOf(Type record) => Names.GetValueOrDefault(record.Name) ?? [record.Name];

    /// <summary>The properties that are written and read.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type record) => record.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.Name != "EqualityContract" && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always });

    /// <summary>A property's name in JSON.</summary>
    public static string NameOf(PropertyInfo property) => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>Whether a message without the property is refused.</summary>
    public static bool IsRequired(Type record, PropertyInfo property)
    {
        if (property.GetCustomAttribute<RequiredMemberAttribute>() is not null) return true;

        var parameter = record.GetConstructors().SelectMany(constructor => constructor.GetParameters()).FirstOrDefault(parameter => parameter.Name == property.Name);
        return parameter is { HasDefaultValue: false };
    }

    /// <summary>Whether the property may be left out when it is written.</summary>
    public static bool IsOptional(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Never } && IsNullable(property);

    /// <summary>Whether it may be null.</summary>
    public static bool IsNullable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (!property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable);
}
