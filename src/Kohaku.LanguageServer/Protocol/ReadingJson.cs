using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>How the records of hovers, colours, hints, outlines and states are written and read, generated when the program is built.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, Converters = [typeof(TextConverter), typeof(ElementConverter)])]
[JsonSerializable(typeof(Hover))]
[JsonSerializable(typeof(SemanticTokens))]
[JsonSerializable(typeof(SemanticTokensDeltaParams))]
[JsonSerializable(typeof(InlayHint[]))]
[JsonSerializable(typeof(CodeLens[]))]
[JsonSerializable(typeof(DocumentSymbol[]))]
[JsonSerializable(typeof(SymbolInformation[]))]
[JsonSerializable(typeof(WorkspaceSymbolParams))]
[JsonSerializable(typeof(FoldingRange[]))]
[JsonSerializable(typeof(SelectionRangeParams))]
[JsonSerializable(typeof(SelectionRange[]))]
[JsonSerializable(typeof(DocumentLink))]
[JsonSerializable(typeof(DocumentLink[]))]
[JsonSerializable(typeof(PromptStatus))]
[JsonSerializable(typeof(ExplainRuleParams))]
[JsonSerializable(typeof(RuleExplanation))]
[JsonSerializable(typeof(FixCall[]))]
internal sealed partial class ReadingJson : JsonSerializerContext;
