using System.Globalization;
using Kohaku.Files;
using Kohaku.Generation.Adapters;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Workspace;

namespace Kohaku.Generation.Tests.Adapters;

/// <summary>A folder with a checkpoint of few tensors, adapters and a cache; gone afterwards.</summary>
internal sealed class AdapterFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-adapters-").FullName;

    public AdapterFixture()
    {
        Cache = new ModelCache(Path.Combine(_folder, "cache", "models"));
    }

    public ModelCache Cache { get; }

    public string Checkpoint => this["model.safetensors"];

    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>Random numbers that are the same at every run; what F16 can hold, so that reading loses nothing.</summary>
    public static float[] Random(string name, params long[] shape) =>
        [.. Formula.Values(name, shape.Aggregate(1L, (product, side) => product * side), 1, 0).Select(value => (float)(Half)value)];

    public void WriteCheckpoint(string type, params (string Name, long[] Shape)[] tensors) =>
        Write("model.safetensors", type, [.. tensors.Select(tensor => (tensor.Name, tensor.Shape, Random("w|" + tensor.Name, tensor.Shape)))]);

    public string WriteAdapter(string name, params (string Name, long[] Shape, float[] Values)[] tensors) => Write(name + ".safetensors", "F32", tensors);

    public string Write(string name, string type, params (string Name, long[] Shape, float[] Values)[] tensors)
    {
        SafetensorsFile.Write(this[name], tensors.Select(tensor => (tensor.Name, type, tensor.Shape, type switch
        {
            "F16" => SafetensorsFile.Halves(tensor.Values),
            "BF16" => SafetensorsFile.Brains(tensor.Values),
            _ => SafetensorsFile.Singles(tensor.Values),
        })));
        return this[name];
    }

    public MergedAdapters Merge(params AdapterCall[] calls) => Merge(MergePrecision.Full, calls);

    public MergedAdapters Merge(MergePrecision precision, params AdapterCall[] calls) =>
        new AdapterMerge(Cache).Prepare(Checkpoint, calls, precision);

    /// <summary>What a merge made of a tensor; the checkpoint's own numbers where it left it alone.</summary>
    public float[] Merged(string tensor, params AdapterCall[] calls) => Read(Merge(calls).Overlay!, tensor);

    public static float[] Read(string file, string tensor)
    {
        Assert.True(SafetensorsHeader.TryRead(file, out var header, out var problem), problem?.ToString());
        var info = Assert.Single(header.Tensors, info => info.Name == tensor);
        var bytes = File.ReadAllBytes(file).AsSpan((int)info.Offset, (int)info.Length);
        var values = new float[info.Length / (info.Type == "F32" ? 4 : 2)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = info.Type switch
            {
                "F32" => BitConverter.ToSingle(bytes[(i * 4)..]),
                "F16" => (float)BitConverter.ToHalf(bytes[(i * 2)..]),
                _ => BitConverter.Int32BitsToSingle(BitConverter.ToUInt16(bytes[(i * 2)..]) << 16),
            };
        }

        return values;
    }

    /// <summary>One of the golden adapters, in half precision.</summary>
    public string WriteGolden(string kind)
    {
        SafetensorsFile.Write(this[kind + ".safetensors"], Golden(kind).Select(tensor => (tensor.Name, "F16", tensor.Shape, SafetensorsFile.Halves(tensor.Values))));
        return this[kind + ".safetensors"];
    }

    public static IReadOnlyList<(string Name, long[] Shape, float[] Values)> Golden(string kind) =>
        [.. File.ReadLines(GoldenFile.PathOf("adapters.tsv")).Select(line => line.Split('\t')).Where(cells => cells[0] == kind).Select(cells =>
        {
            var shape = FormulaTensor.ShapeOf(cells[2]);
            var scale = double.Parse(cells[4], CultureInfo.InvariantCulture);
            var offset = double.Parse(cells[5], CultureInfo.InvariantCulture);
            return (cells[1], shape, Formula.Values(cells[3], shape.Aggregate(1L, (product, side) => product * side), scale, offset));
        })];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
