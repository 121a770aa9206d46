using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>The tensors of a golden <c>.safetensors</c> file, read without the project's own reader.</summary>
internal sealed class GoldenTensors
{
    private readonly Dictionary<string, (int[] Shape, float[] Values)> _tensors = new(StringComparer.Ordinal);

    private GoldenTensors(byte[] file)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, length));
        foreach (var tensor in header.RootElement.EnumerateObject())
        {
            if (tensor.Name == "__metadata__") continue;
            var offsets = tensor.Value.GetProperty("data_offsets");
            var bytes = file.AsSpan(8 + length + offsets[0].GetInt32(), offsets[1].GetInt32() - offsets[0].GetInt32());
            var values = tensor.Value.GetProperty("dtype").GetString() switch
            {
                "F32" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
                "F16" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), half => (float)half),
                "F64" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), wide => (float)wide),
                "I64" => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), whole => (float)whole),
                var type => throw new InvalidDataException($"{tensor.Name} is {type}"),
            };
            _tensors.Add(tensor.Name, ([.. tensor.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32())], values));
        }
    }

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>A tensor's values, row-major.</summary>
    public float[] this[string name] => _tensors[name].Values;

    /// <summary>A file of the golden folder.</summary>
    public static GoldenTensors Read(string name) => new(File.ReadAllBytes(GoldenFile.PathOf(name)));

    /// <summary>A tensor's shape.</summary>
    public int[] ShapeOf(string name) => _tensors[name].Shape;

    /// <summary>Whether there is one.</summary>
    public bool Has(string name) => _tensors.ContainsKey(name);
}
