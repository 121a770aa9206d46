using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>What the client's command <c>kohaku.applyFix</c> is called with: a fix of a version of a document.</summary>
internal sealed record FixCall(OptionalVersionedTextDocumentIdentifier TextDocument, [property: JsonConverter(typeof(WholeArray<TextEdit>))] TextEdit[] Edits);
