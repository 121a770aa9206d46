using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>How the records of generation are written and read, generated when the program is built.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, Converters = [typeof(TextConverter), typeof(ElementConverter)])]
[JsonSerializable(typeof(GenerateParams))]
[JsonSerializable(typeof(GenerateResult))]
[JsonSerializable(typeof(GeneratedFile))]
[JsonSerializable(typeof(FailureData))]
[JsonSerializable(typeof(PromptPlace))]
[JsonSerializable(typeof(GenerationOptionsParams))]
[JsonSerializable(typeof(GenerationChoices))]
[JsonSerializable(typeof(ImagePromptParams))]
[JsonSerializable(typeof(ImagePromptResult))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(double))]
internal sealed partial class GenerationJson : JsonSerializerContext;
