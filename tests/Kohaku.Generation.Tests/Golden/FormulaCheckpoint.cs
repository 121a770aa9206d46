using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>Writes a checkpoint by formula tensor by tensor, so that one of 7 GB needs no memory to speak of.</summary>
internal static class FormulaCheckpoint
{
    private const int Piece = 1 << 20;

    /// <summary>Writes F16 values in the order given.</summary>
    public static void WriteHalves(string path, IReadOnlyList<FormulaTensor> tensors)
    {
        using var file = File.Create(path);
        WriteHeader(file, tensors);
        var pieces = new Half[Environment.ProcessorCount][];
        for (var i = 0; i < pieces.Length; i++) pieces[i] = new Half[Piece];
        foreach (var tensor in tensors)
        {
            var hash = Formula.Hash(tensor.Name);
            for (long start = 0; start < tensor.Count; start += (long)Piece * pieces.Length)
            {
                Parallel.For(0, pieces.Length, i => Fill(pieces[i], hash, tensor, start + ((long)i * Piece)));
                for (var i = 0; i < pieces.Length; i++)
                {
                    var count = Math.Clamp(tensor.Count - start - ((long)i * Piece), 0, Piece);
                    file.Write(MemoryMarshal.AsBytes(pieces[i].AsSpan(0, (int)count)));
                }
            }
        }
    }

    /// <summary>Writes the header and leaves holes in place of the values, where the file system has them.</summary>
    public static void WriteHoles(string path, IReadOnlyList<FormulaTensor> tensors)
    {
        using var file = File.Create(path);
        WriteHeader(file, tensors);
        file.SetLength(file.Position + tensors.Sum(tensor => tensor.Count * 2));
    }

    private static void Fill(Half[] piece, ulong hash, FormulaTensor tensor, long from)
    {
        var count = Math.Clamp(tensor.Count - from, 0, piece.Length);
        for (var i = 0; i < count; i++) piece[i] = (Half)Formula.Value(hash, from + i, tensor.Scale, tensor.Offset);
    }

    private static void WriteHeader(FileStream file, IReadOnlyList<FormulaTensor> tensors)
    {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long offset = 0;
        foreach (var tensor in tensors)
        {
            var end = offset + (tensor.Count * 2);
            header.Append(CultureInfo.InvariantCulture, $",\"{tensor.Name}\":{{\"dtype\":\"F16\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }

        header.Append('}');
        while (header.Length % 8 != 0) header.Append(' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(Encoding.UTF8.GetBytes(header.ToString()));
    }
}
