using System.Runtime.InteropServices;
using Kohaku.Files;
using Kohaku.Generation.Models;
using Microsoft.Win32.SafeHandles;

namespace Kohaku.Generation.Adapters;

/// <summary>An adapter's file, open for reading: LoRA, LyCORIS or a textual-inversion embedding.</summary>
internal sealed class AdapterFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private AdapterFile(string path, SafetensorsHeader header, SafeFileHandle handle) => (Path, Header, _handle) = (path, header, handle);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its name, for messages.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>What it holds.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="ModelException">It is no sound <c>.safetensors</c> file or cannot be read.</exception>
    public static AdapterFile Open(string path)
    {
        if (!path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
            throw new ModelException($"{path}: not a .safetensors file; the other formats can run code when they are read", "Convert it to .safetensors");
        if (!SafetensorsHeader.TryRead(path, out var header, out var problem)) throw new ModelException(problem.ToString());

        try
        {
            return new AdapterFile(path, header, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: {refused.Message}", null, refused);
        }
    }

    /// <summary>A tensor's numbers, row-major.</summary>
    public float[] Read(TensorInfo tensor)
    {
        var values = new float[Count(tensor.Shape)];
        Read(tensor, 0, values);
        return values;
    }

    /// <summary>A part of a tensor's numbers.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="first">Index of the first, row-major.</param>
    /// <param name="values">Takes them.</param>
    public void Read(TensorInfo tensor, long first, Span<float> values) => WeightReader.Read(_handle, Path, tensor, first, values);

    /// <summary>A tensor of a single number.</summary>
    /// <exception cref="ModelException">It has more, or no number at all.</exception>
    public double ReadScalar(TensorInfo tensor)
    {
        Span<byte> bytes = stackalloc byte[8];
        var fits = Count(tensor.Shape) == 1 && tensor.Length <= bytes.Length;
        if (fits) WeightReader.Fill(_handle, Path, tensor.Offset, bytes[..(int)tensor.Length]);
        if (fits && Numbers.ReadScalar(tensor.Type, bytes[..(int)tensor.Length]) is { } value && double.IsFinite(value)) return value;
        throw new ModelException($"{Name}: {tensor.Name} is not one finite number", "Get the file again");
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <summary>Numbers of a shape.</summary>
    public static long Count(long[] shape)
    {
        long count = 1;
        foreach (var side in shape) count = checked(count * side);
        return count;
    }
}

/// <summary>Reads weights out of an open file.</summary>
internal static class WeightReader
{
    private const int PieceBytes = 1 << 18;

    /// <summary>Reads numbers of a tensor as single precision.</summary>
    /// <exception cref="ModelException">The file is shorter than it was.</exception>
    public static void Read(SafeFileHandle file, string path, TensorInfo tensor, long first, Span<float> values)
    {
        var size = Numbers.Size(tensor.Type);
        var at = tensor.Offset + (first * size);
        if (size == sizeof(float))
        {
            Fill(file, path, at, MemoryMarshal.AsBytes(values));
            return;
        }

        var piece = System.Buffers.ArrayPool<byte>.Shared.Rent(PieceBytes);
        while (!values.IsEmpty)
        {
            var count = Math.Min(values.Length, PieceBytes / size);
            var bytes = piece.AsSpan(0, count * size);
            Fill(file, path, at, bytes);
            Numbers.Read(tensor.Type, bytes, values[..count]);
            values = values[count..];
            at += bytes.Length;
        }

        System.Buffers.ArrayPool<byte>.Shared.Return(piece);
    }

    /// <summary>Reads exactly as many bytes as asked for.</summary>
    /// <exception cref="ModelException">The file is shorter than it was.</exception>
    public static void Fill(SafeFileHandle file, string path, long at, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(file, bytes, at);
            if (read == 0) throw new ModelException($"{path}: cut short while it was read", "Get the file again");
            bytes = bytes[read..];
            at += read;
        }
    }
}
