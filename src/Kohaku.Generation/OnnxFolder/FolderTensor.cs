using System.Numerics;
using System.Runtime.InteropServices;
using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>A tensor of the element type that an export has, filled from and read as fp32.</summary>
internal sealed class FolderTensor : IDisposable
{
    /// <summary>An empty tensor.</summary>
    /// <exception cref="ModelException">The type is none of fp64, fp32, fp16, bf16, int32 and int64.</exception>
    public FolderTensor(TensorElementType type, params long[] shape)
    {
        if (!IsKnown(type)) throw new ModelException($"a tensor of {type} is not known", "Export the model with fp32 or fp16 inputs");

        Shape = shape;
        Value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape);
    }

    /// <summary>Its sides.</summary>
    public long[] Shape { get; }

    /// <summary>What the session takes.</summary>
    public OrtValue Value { get; }

    /// <summary>Whether values of a type can be written and read.</summary>
    public static bool IsKnown(TensorElementType type) => type is TensorElementType.Float or TensorElementType.Double or TensorElementType.Float16
        or TensorElementType.BFloat16 or TensorElementType.Int32 or TensorElementType.Int64;

    /// <summary>Reads a tensor as fp32.</summary>
    public static float[] Read(OrtValue value)
    {
        var values = new float[value.GetTensorTypeAndShape().ElementCount];
        Read(value, values);
        return values;
    }

    /// <summary>Reads a tensor as fp32, from its beginning, as many values as there is room for.</summary>
    public static void Read(OrtValue value, Span<float> values)
    {
        switch (value.GetTensorTypeAndShape().ElementDataType)
        {
            case TensorElementType.Float:
                value.GetTensorDataAsSpan<float>()[..values.Length].CopyTo(values);
                break;
            case TensorElementType.Double:
                Convert(value.GetTensorDataAsSpan<double>()[..values.Length], values);
                break;
            case TensorElementType.Float16:
                Convert(MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>())[..values.Length], values);
                break;
            case TensorElementType.BFloat16:
                Widen(MemoryMarshal.Cast<BFloat16, ushort>(value.GetTensorDataAsSpan<BFloat16>())[..values.Length], values);
                break;
            case var type:
                throw new ModelException($"an output of {type} is not known", "Export the model with fp32 or fp16 outputs");
        }
    }

    /// <summary>Writes values from a place of the tensor on. Whole-number tensors take the nearest whole number.</summary>
    public void Write(ReadOnlySpan<float> values, int start = 0)
    {
        switch (Value.GetTensorTypeAndShape().ElementDataType)
        {
            case TensorElementType.Float:
                values.CopyTo(Value.GetTensorMutableDataAsSpan<float>()[start..]);
                break;
            case TensorElementType.Double:
                Convert(values, Value.GetTensorMutableDataAsSpan<double>()[start..]);
                break;
            case TensorElementType.Float16:
                Convert(values, MemoryMarshal.Cast<Float16, Half>(Value.GetTensorMutableDataAsSpan<Float16>())[start..]);
                break;
            case TensorElementType.BFloat16:
                Narrow(values, MemoryMarshal.Cast<BFloat16, ushort>(Value.GetTensorMutableDataAsSpan<BFloat16>())[start..]);
                break;
            case TensorElementType.Int32:
                Round(values, Value.GetTensorMutableDataAsSpan<int>()[start..]);
                break;
            default:
                Round(values, Value.GetTensorMutableDataAsSpan<long>()[start..]);
                break;
        }
    }

    /// <summary>Writes token ids.</summary>
    public void Write(ReadOnlySpan<int> ids)
    {
        Span<float> exact = stackalloc float[256];
        // Ids are below 2^24, which fp32 holds exactly.
        for (var start = 0; start < ids.Length; start += exact.Length)
        {
            var part = ids.Slice(start, int.Min(exact.Length, ids.Length - start));
            for (var i = 0; i < part.Length; i++) exact[i] = part[i];
            Write(exact[..part.Length], start);
        }
    }

    /// <summary>Frees it.</summary>
    public void Dispose() => Value.Dispose();

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : struct, INumberBase<TFrom>
        where TTo : struct, INumberBase<TTo>
    {
        for (var i = 0; i < from.Length; i++) to[i] = TTo.CreateTruncating(from[i]);
    }

    private static void Round<T>(ReadOnlySpan<float> from, Span<T> to)
        where T : struct, INumberBase<T>
    {
        for (var i = 0; i < from.Length; i++) to[i] = T.CreateTruncating(MathF.Round(from[i]));
    }

    private static void Widen(ReadOnlySpan<ushort> from, Span<float> to)
    {
        for (var i = 0; i < from.Length; i++) to[i] = BitConverter.UInt32BitsToSingle((uint)from[i] << 16);
    }

    private static void Narrow(ReadOnlySpan<float> from, Span<ushort> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(from[i]);
            to[i] = float.IsNaN(from[i]) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }
}
