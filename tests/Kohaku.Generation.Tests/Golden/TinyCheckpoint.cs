using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>The scaled-down SDXL checkpoint: F16, the layout of real single-file checkpoints. Written once a run, to the temporary folder.</summary>
internal static class TinyCheckpoint
{
    private static readonly Lazy<string> s_path = new(() => Write("kohaku-tiny"));

    /// <summary>Its path.</summary>
    public static string Path => s_path.Value;

    /// <summary>Name, shape, scale and offset of its tensors.</summary>
    public static IReadOnlyList<FormulaTensor> Tensors { get; } = FormulaTensor.ReadAll("checkpoint.tsv");

    private static string Write(string name)
    {
        var folder = Directory.CreateTempSubdirectory("kohaku-checkpoint-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var path = System.IO.Path.Combine(folder.FullName, name + ".safetensors");
        SafetensorsFile.Write(path, Tensors.Select(tensor => (tensor.Name, "F16", tensor.Shape, SafetensorsFile.Halves(tensor.Values()))));
        return path;
    }
}

/// <summary>A tensor by formula.</summary>
internal sealed record FormulaTensor(string Name, long[] Shape, double Scale, double Offset)
{
    public long Count => Shape.Aggregate(1L, (product, side) => product * side);

    public static IReadOnlyList<FormulaTensor> ReadAll(string file) =>
        [.. File.ReadLines(GoldenFile.PathOf(file)).Select(line => line.Split('\t')).Where(cells => cells[0] != "name").Select(cells => new FormulaTensor(
            cells[0], ShapeOf(cells[1]), double.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture)))];

    public static long[] ShapeOf(string cell) =>
        [.. cell.Trim('[', ']', '(', ')').Split([',', 'x', ' '], StringSplitOptions.RemoveEmptyEntries).Select(side => long.Parse(side, CultureInfo.InvariantCulture))];

    public float[] Values() => Formula.Values(Name, Count, Scale, Offset);
}

/// <summary>Writes <c>.safetensors</c> files for tests.</summary>
internal static class SafetensorsFile
{
    public static byte[] Halves(float[] values)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * 2), (Half)values[i]);
        return bytes;
    }

    public static byte[] Singles(float[] values)
    {
        var bytes = new byte[values.Length * 4];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    /// <summary>bfloat16, rounded to the nearest even.</summary>
    public static byte[] Brains(float[] values)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
        }

        return bytes;
    }

    public static void Write(string path, IEnumerable<(string Name, string Type, long[] Shape, byte[] Bytes)> tensors)
    {
        var all = tensors.ToList();
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long offset = 0;
        foreach (var (name, type, shape, bytes) in all)
        {
            header.Append(CultureInfo.InvariantCulture, $",\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{offset},{offset + bytes.Length}]}}");
            offset += bytes.Length;
        }

        header.Append('}');
        while (header.Length % 8 != 0) header.Append(' ');
        using var file = File.Create(path);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(Encoding.UTF8.GetBytes(header.ToString()));
        foreach (var (_, _, _, bytes) in all) file.Write(bytes);
    }
}
