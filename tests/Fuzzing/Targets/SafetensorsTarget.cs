using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Kohaku.Files;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Headers of .safetensors: what is accepted is sound by an independent reading (inside the file, apart, shape × type = bytes), and no header costs more memory than a few times its size.</summary>
internal sealed class SafetensorsTarget : Target
{
    private static readonly string[] s_types = ["F32", "F16", "BF16", "I64", "BOOL", "F8_E4M3", "F4", "F6_E2M3", "C64", "U16", "x", "f32", ""];
    private static readonly string[] s_numbers = ["0", "1", "2", "3", "4", "8", "16", "1024", "-1", "1.5", "1e3", "9223372036854775807", "9223372036854775808", "1152921504606846976", "4294967296", "\"1\"", "null"];

    private static readonly JsonTexts s_texts = new(["dtype", "shape", "data_offsets", "__metadata__", "a", "b", "ss_base_model_version"], [.. s_types.Select(type => $"\"{type}\""), .. s_numbers, "[0,4]", "[4,8]", "[1,2]", "[]", "[1152921504606846976,16]"]);

    private readonly CaseFile _file = new();

    /// <summary>What is tested.</summary>
    public Func<string, (SafetensorsHeader?, FileProblem?)> Read { get; init; } = static path => SafetensorsHeader.TryRead(path, out var header, out var problem) ? (header, null) : (null, problem);

    /// <inheritdoc/>
    public override string Name => "safetensors";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => s_texts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var json = WildText.Bytes(dice.OneIn(3) ? s_texts.Object(dice) : Header(dice));
        var data = dice.Below(128);
        var length = dice.OneIn(12) ? dice.Pick(0, 1, json.Length + data, json.Length + 1, 100_000_000, 100_000_001, long.MaxValue, -1) : json.Length;
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
        return [.. prefix, .. json, .. new byte[data]];
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var path = _file.Write("a.safetensors", input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (header, problem) = Read(path);
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;
        Must.Hold(header is not null != problem is not null, "a file has a header or a problem");
        Must.Hold(spent < 64_000 + (input.Length * 64L), "a header costs no more than a few times its size", () => $"{spent} bytes for {input.Length}");
        if (problem is not null) Must.Hold(problem.Path == path && problem.Message.Length > 0, "a problem says where and what");
        else CheckSound(header!, input);

        // What a network tells of itself is read from the same header.
        Must.Hold(NetworkHeader.TryRead(path, out var network, out var fault) == fault is null && (network is null || header is not null), "a network's facts need a sound header");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private static void CheckSound(SafetensorsHeader header, byte[] input)
    {
        var length = BinaryPrimitives.ReadInt64LittleEndian(input);
        using var document = JsonDocument.Parse(input.AsMemory(8, (int)length), new JsonDocumentOptions { MaxDepth = 4096 });
        var start = 8 + length;
        var count = 0;
        var ranges = new List<(long Start, long End)>();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Name == "__metadata__") continue;

            count++;
            var tensor = header.Tensors.Single(tensor => tensor.Name == member.Name);
            var offsets = Last(member.Value, "data_offsets").EnumerateArray().Select(number => number.GetInt64()).ToArray();
            Must.Equal((start + offsets[0], offsets[1] - offsets[0]), (tensor.Offset, tensor.Length), "a tensor lies where its header says");
            Must.Hold(tensor.Offset >= start && tensor.Offset + tensor.Length <= input.Length, "a tensor lies in the file");
            var elements = Last(member.Value, "shape").EnumerateArray().Aggregate(BigInteger.One, (product, side) => product * side.GetInt64());
            Must.Equal(elements * Bits(tensor.Type), (BigInteger)tensor.Length * 8, "shape times type is the number of bytes");
            if (tensor.Length > 0) ranges.Add((tensor.Offset, tensor.Offset + tensor.Length));
        }

        Must.Equal(count, header.Tensors.Count, "all tensors are there");
        ranges.Sort();
        for (var i = 1; i < ranges.Count; i++) Must.Hold(ranges[i].Start >= ranges[i - 1].End, "tensors do not overlap");
    }

    private static JsonElement Last(JsonElement value, string name) => value.EnumerateObject().Last(member => member.Name == name).Value;

    private static int Bits(string type) => type switch
    {
        "BOOL" => 8,
        "BF16" => 16,
        _ when type.StartsWith("F8", StringComparison.Ordinal) => 8,
        _ when type.StartsWith("F6", StringComparison.Ordinal) => 6,
        _ when type.StartsWith("F4", StringComparison.Ordinal) => 4,
        _ => int.Parse(type.AsSpan(1), CultureInfo.InvariantCulture),
    };

    private static string Header(Dice dice)
    {
        var json = new StringBuilder("{");
        if (dice.OneIn(2)) json.Append("\"__metadata__\":{\"ss_base_model_version\":\"sdxl_base_v1-0\",\"ss_tag_frequency\":\"{\\\"a\\\": {\\\"1girl\\\": 3}}\"},");
        var at = 0L;
        for (var tensors = dice.Length(5); tensors > 0; tensors--)
        {
            var (type, bytes) = dice.Pick(("F32", 4), ("F16", 2), ("U8", 1), ("I64", 8));
            var (rows, columns) = (dice.Below(4), dice.Below(4));
            var size = rows * columns * bytes;
            var shape = dice.OneIn(12) ? s_numbers[dice.Below(s_numbers.Length)] : $"{rows},{columns}";
            if (dice.OneIn(20)) type = s_types[dice.Below(s_types.Length)];
            if (dice.OneIn(20)) at = Math.Max(0, at - dice.Below(3));
            json.Append(CultureInfo.InvariantCulture, $"\"lora_unet_{tensors}.{(dice.OneIn(20) ? "a" : "lora_up.weight")}\":{{\"dtype\":\"{type}\",\"shape\":[{shape}],\"data_offsets\":[{at},{at + size}]}}");
            if (tensors > 1) json.Append(',');
            at += size;
        }

        return json.Append('}').ToString();
    }
}
