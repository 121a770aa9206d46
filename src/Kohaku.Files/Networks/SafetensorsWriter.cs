using System.Buffers.Binary;
using System.Text.Json;

namespace Kohaku.Files;

/// <summary>Writes a .safetensors file tensor by tensor, whole or not at all: beside its place, flushed, then renamed.</summary>
/// <remarks>
/// The header comes first, so all shapes must be known at the beginning; the data may then come in any order, from several threads.
/// A writer that is disposed without <see cref="Commit"/> leaves nothing behind. Data begins at a multiple of 64 bytes.
/// </remarks>
public sealed class SafetensorsWriter : IDisposable
{
    private const int Alignment = 64;

    private readonly string path;
    private readonly Dictionary<string, TensorInfo> tensors;
    private readonly UnfinishedFile file;

    private SafetensorsWriter(string path, Dictionary<string, TensorInfo> tensors, UnfinishedFile file) => (this.path, this.tensors, this.file) = (path, tensors, file);

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it will lie; its folder exists.</param>
    /// <param name="tensors">Name, element type (<c>F32</c>, <c>F16</c>, …), shape and bytes of each, in the order of the data.</param>
    /// <param name="metadata">Goes into <c>__metadata__</c>.</param>
    /// <exception cref="IOException">The folder cannot be written, or the disk has no room for it.</exception>
    public static SafetensorsWriter Create(
        string path, IReadOnlyList<(string Name, string Type, long[] Shape, long Length)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        var header = Header(tensors, metadata);
        var places = new Dictionary<string, TensorInfo>(StringComparer.Ordinal);
        long end = header.Length;
        foreach (var (name, type, shape, length) in tensors)
        {
            places.Add(name, new TensorInfo(name, type, shape, end, length));
            end += length;
        }

        var file = UnfinishedFile.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            RandomAccess.SetLength(file.Handle, end);
            RandomAccess.Write(file.Handle, header, 0);
            return new SafetensorsWriter(path, places, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a part of a tensor; threads may do so side by side.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="at">Bytes from its beginning.</param>
    /// <param name="bytes">The data, little end first.</param>
    public void Write(string name, long at, ReadOnlySpan<byte> bytes)
    {
        var tensor = tensors[name];
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, tensor.Length - at, nameof(bytes));
        RandomAccess.Write(file.Handle, bytes, tensor.Offset + at);
    }

    /// <summary>Flushes the file and puts it in its place, over another of that name.</summary>
    /// <param name="written">What the file's time of last writing is to be; the clock's where null.</param>
    /// <exception cref="IOException">It cannot be put there: on Windows, where another process has the old one open.</exception>
    public void Commit(DateTime? written = null)
    {
        RandomAccess.FlushToDisk(file.Handle);
        if (written is { } time) File.SetLastWriteTimeUtc(file.Handle, time);
        file.MoveTo(path);
        file.Dispose();
    }

    /// <summary>Takes away what was not committed.</summary>
    public void Dispose() => file.Dispose();

    private static byte[] Header(IReadOnlyList<(string Name, string Type, long[] Shape, long Length)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var bytes = new MemoryStream();
        bytes.Write(stackalloc byte[8]);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata) json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, type, shape, length) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                foreach (var side in shape) json.WriteNumberValue(side);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Blanks at the header's end belong to it: the format says so.
        while (bytes.Length % Alignment != 0) bytes.WriteByte((byte)' ');
        var header = bytes.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - 8));
        return header;
    }
}
