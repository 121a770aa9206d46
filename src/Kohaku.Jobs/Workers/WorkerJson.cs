using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kohaku.Jobs.Workers;

/// <summary>How the messages between a worker and who started it are written and read, generated when the program is built.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunParams))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(WorkerEvent))]
[JsonSerializable(typeof(ImageSizeParams))]
[JsonSerializable(typeof(ImageSizeResult))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(StreamJsonRpc.RequestId))]
[JsonSerializable(typeof(StreamJsonRpc.Protocol.CommonErrorData))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
public sealed partial class WorkerJson : JsonSerializerContext;
