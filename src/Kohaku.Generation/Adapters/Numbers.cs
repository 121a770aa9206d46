using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kohaku.Generation.Adapters;

/// <summary>The element types of weights, to and from single precision.</summary>
internal static class Numbers
{
    /// <summary>Bytes of a number, or 0 for a type that weights are not read in.</summary>
    public static int Size(string type) => type switch
    {
        "F32" => 4,
        "F16" or "BF16" => 2,
        _ => 0,
    };

    /// <summary>Reads numbers.</summary>
    /// <param name="type"><c>F32</c>, <c>F16</c> or <c>BF16</c>.</param>
    /// <param name="bytes">Little end first.</param>
    /// <param name="values">As many as the bytes hold.</param>
    public static void Read(string type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("weights are read on little-endian machines only");

        switch (type)
        {
            case "F32":
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
                break;
            case "F16":
                FromHalf(MemoryMarshal.Cast<byte, ushort>(bytes), values);
                break;
            case "BF16":
                FromBrain(MemoryMarshal.Cast<byte, ushort>(bytes), values);
                break;
            default:
                throw new ArgumentException($"{type} is no type of weights", nameof(type));
        }
    }

    /// <summary>Writes numbers, rounded to the nearest, halves to the even.</summary>
    public static void Write(string type, ReadOnlySpan<float> values, Span<byte> bytes)
    {
        switch (type)
        {
            case "F32":
                MemoryMarshal.AsBytes(values).CopyTo(bytes);
                break;
            case "F16":
                ToHalf(values, MemoryMarshal.Cast<byte, ushort>(bytes));
                break;
            case "BF16":
                ToBrain(values, MemoryMarshal.Cast<byte, ushort>(bytes));
                break;
            default:
                throw new ArgumentException($"{type} is no type of weights", nameof(type));
        }
    }

    /// <summary>Reads a single number of any numeric type, as <c>alpha</c> comes.</summary>
    /// <returns>It, or null for a type that has none.</returns>
    public static double? ReadScalar(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "F64" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        "BF16" => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        "I64" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        "I32" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "I16" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "U8" => bytes[0],
        _ => null,
    };

    private static void FromHalf(ReadOnlySpan<ushort> halves, Span<float> values)
    {
        // An exponent of 5 bits in the place of one of 8 is 112 too low; a multiplication mends that for subnormal numbers too.
        var rebase = Vector256.Create(BitConverter.UInt32BitsToSingle((127u - 15 + 127) << 23));
        var i = 0;
        for (; i <= halves.Length - 8; i += 8)
        {
            var bits = Vector256.Create(Vector128.WidenLower(Vector128.Create(halves.Slice(i, 8))), Vector128.WidenUpper(Vector128.Create(halves.Slice(i, 8))));
            var magnitude = bits & Vector256.Create(0x7FFFu);
            var number = ((magnitude << 13).AsSingle() * rebase).AsUInt32();
            var special = Vector256.GreaterThan(magnitude, Vector256.Create(0x7BFFu));
            number = Vector256.ConditionalSelect(special, (magnitude << 13) | Vector256.Create(0x7F800000u), number);
            (number | ((bits & Vector256.Create(0x8000u)) << 16)).AsSingle().CopyTo(values.Slice(i, 8));
        }

        for (; i < halves.Length; i++) values[i] = (float)BitConverter.UInt16BitsToHalf(halves[i]);
    }

    private static void ToHalf(ReadOnlySpan<float> values, Span<ushort> halves)
    {
        var i = 0;
        for (; i <= values.Length - 8; i += 8)
        {
            var bits = Vector256.Create(values.Slice(i, 8)).AsUInt32();
            var magnitude = bits & Vector256.Create(0x7FFFFFFFu);

            // Normal halves: the exponent moves by 112, and half of the last place rounds, less one where the last bit is even.
            var rounded = (magnitude + Vector256.Create(0xC8000FFFu) + ((magnitude >> 13) & Vector256.Create(1u))) >> 13;

            // Below 2⁻¹⁴ the adder of the processor rounds: 0.5 has the last place of a subnormal half.
            var small = (magnitude.AsSingle() + Vector256.Create(0.5f)).AsUInt32() - Vector256.Create(0x3F000000u);
            rounded = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(0x38800000u)), small, rounded);

            // From 65520 on there is only infinity; what is no number stays none.
            rounded = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(0x477FF000u)), Vector256.Create(0x7C00u), rounded);
            rounded = Vector256.ConditionalSelect(Vector256.GreaterThan(magnitude, Vector256.Create(0x7F800000u)), Vector256.Create(0x7E00u), rounded);
            var half = rounded | ((bits >> 16) & Vector256.Create(0x8000u));
            Vector128.Narrow(half.GetLower(), half.GetUpper()).CopyTo(halves.Slice(i, 8));
        }

        for (; i < values.Length; i++) halves[i] = BitConverter.HalfToUInt16Bits((Half)values[i]);
    }

    private static void FromBrain(ReadOnlySpan<ushort> brains, Span<float> values)
    {
        for (var i = 0; i < brains.Length; i++) values[i] = BitConverter.UInt32BitsToSingle((uint)brains[i] << 16);
    }

    private static void ToBrain(ReadOnlySpan<float> values, Span<ushort> brains)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            brains[i] = float.IsNaN(values[i]) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }
}
