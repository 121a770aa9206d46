using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Kohaku.Files;

/// <summary>A tensor as the header of a .safetensors file describes it.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">The element type as written: <c>F16</c>, <c>BF16</c>, …</param>
/// <param name="Shape">Row-major; empty for a scalar.</param>
/// <param name="Offset">Of its first byte in the file.</param>
/// <param name="Length">In bytes; equals shape × type, and lies within the file.</param>
public sealed record TensorInfo(string Name, string Type, long[] Shape, long Offset, long Length);

/// <summary>The header of a .safetensors file, checked: what it says of itself, and where each tensor lies.</summary>
/// <remarks>The format is that of github.com/huggingface/safetensors: eight bytes of length, little end first, then a JSON object, then the data.</remarks>
public sealed class SafetensorsHeader
{
    /// <summary>The longest header the format allows, in bytes.</summary>
    public const int LargestHeader = 100_000_000;

    internal SafetensorsHeader(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<TensorInfo> tensors) => (Metadata, Tensors) = (metadata, tensors);

    /// <summary>The strings of <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>In the order of their data.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>Reads and checks a file's header; the data is not touched.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out SafetensorsHeader? header, [NotNullWhen(false)] out FileProblem? problem)
    {
        header = null;
        try
        {
            NativeFile.RequireRegular(path);
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var error = Read(file, out header);
            problem = error is null ? null : new FileProblem(path, $"no sound .safetensors file: {error}; get it again");
            if (problem is not null) header = null;
            return problem is null;
        }
        catch (Exception refused) when (FileProblem.IsExpected(refused))
        {
            problem = FileProblem.From(refused, path);
            return false;
        }
    }

    private static string? Read(SafeFileHandle file, out SafetensorsHeader? header)
    {
        header = null;
        Span<byte> prefix = stackalloc byte[8];
        var fileLength = RandomAccess.GetLength(file);
        if (fileLength < prefix.Length || Fill(file, prefix, 0) < prefix.Length) return "it has fewer than eight bytes";

        var length = BitConverter.IsLittleEndian ? BitConverter.ToUInt64(prefix) : System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LargestHeader) return $"its header claims {length} bytes, more than {LargestHeader}";
        if ((long)length > fileLength - prefix.Length) return $"its header claims {length} bytes, the file has {fileLength}";

        var json = new byte[length];
        if (Fill(file, json, prefix.Length) < json.Length) return "it ends within its header";
        if (!Utf8.IsValid(json)) return "its header is not UTF-8";

        var parser = new SafetensorsParser(prefix.Length + (long)length, fileLength);
        try
        {
            header = parser.Parse(json, out var error);
            return error;
        }
        catch (JsonException broken)
        {
            return $"its header is not JSON at byte {broken.BytePositionInLine + prefix.Length}";
        }
        catch (InvalidOperationException)
        {
            // A string with half of a surrogate pair as an escape is none that .NET takes.
            return "its header holds a string that is no text";
        }
    }

    private static int Fill(SafeFileHandle file, Span<byte> target, long at)
    {
        var filled = 0;
        while (filled < target.Length)
        {
            var read = RandomAccess.Read(file, target[filled..], at + filled);
            if (read == 0) break;
            filled += read;
        }

        return filled;
    }
}
