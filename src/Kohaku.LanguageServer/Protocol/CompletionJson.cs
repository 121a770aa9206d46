using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>How the records of completion and of tag searches are written and read, generated when the program is built.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, Converters = [typeof(TextConverter), typeof(ElementConverter)])]
[JsonSerializable(typeof(CompletionParams))]
[JsonSerializable(typeof(CompletionList))]
[JsonSerializable(typeof(CompletionItem))]
[JsonSerializable(typeof(SearchTagsParams))]
[JsonSerializable(typeof(SearchTagsResult))]
[JsonSerializable(typeof(TagInfoParams))]
[JsonSerializable(typeof(TagInfo))]
[JsonSerializable(typeof(InsertTagParams))]
[JsonSerializable(typeof(InsertTagResult))]
[JsonSerializable(typeof(ClearUsageResult))]
internal sealed partial class CompletionJson : JsonSerializerContext;
