using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>How the records of what edits are written and read, generated when the program is built.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, Converters = [typeof(TextConverter), typeof(ElementConverter)])]
[JsonSerializable(typeof(CodeActionParams))]
[JsonSerializable(typeof(CodeActionEntry[]))]
[JsonSerializable(typeof(UnresolvedCodeAction))]
[JsonSerializable(typeof(CodeAction))]
[JsonSerializable(typeof(ExecuteCommandParams))]
[JsonSerializable(typeof(EditParams))]
[JsonSerializable(typeof(EditResult))]
[JsonSerializable(typeof(TextDocumentParams))]
[JsonSerializable(typeof(TextDocumentPositionParams))]
[JsonSerializable(typeof(TextDocumentRangeParams))]
[JsonSerializable(typeof(TextDocumentRangesParams))]
[JsonSerializable(typeof(OnTypeFormattingParams))]
[JsonSerializable(typeof(RenameParams))]
[JsonSerializable(typeof(PrepareRenameResult))]
[JsonSerializable(typeof(ReferenceParams))]
[JsonSerializable(typeof(Location[]))]
[JsonSerializable(typeof(DocumentHighlight[]))]
[JsonSerializable(typeof(LinkedEditingRanges))]
[JsonSerializable(typeof(WorkspaceEdit))]
[JsonSerializable(typeof(TextEdit[]))]
[JsonSerializable(typeof(Diagnostic[]))]
[JsonSerializable(typeof(Range))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class EditingJson : JsonSerializerContext;
