using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kohaku.Tags;

/// <summary>
/// A checksum of facts, whatever their order: the sum of the SHA-256 of each, modulo 2¹²⁸. SQLite keeps none, so that a changed digit of a count would be read as the count.
/// </summary>
internal sealed class FactSum
{
    private byte[] _buffer = new byte[512];
    private UInt128 _sum;

    /// <summary>Adds a tag.</summary>
    public void Tag(string name, long category, long posts, long flags) =>
        Add('t', name, string.Create(CultureInfo.InvariantCulture, $"{category} {posts} {flags}"));

    /// <summary>Adds an alias of a tag.</summary>
    public void Alias(string tag, string alias) => Add('a', tag, alias);

    /// <summary>Adds that a tag implies another.</summary>
    public void Implication(string tag, string implied) => Add('i', tag, implied);

    /// <summary>Adds what a tag is called in another language.</summary>
    public void Translation(string tag, string text) => Add('x', tag, text);

    /// <summary>Adds the day of the facts.</summary>
    public void AsOf(int day) => Add('d', day.ToString(CultureInfo.InvariantCulture), "");

    /// <summary>The sum in hexadecimal digits.</summary>
    public override string ToString() => _sum.ToString("x32", CultureInfo.InvariantCulture);

    private void Add(char kind, string first, string second)
    {
        var most = 2 + (3 * (first.Length + second.Length));
        if (_buffer.Length < most) _buffer = new byte[2 * most];

        _buffer[0] = (byte)kind;
        var length = 1 + Encoding.UTF8.GetBytes(first, _buffer.AsSpan(1));
        _buffer[length++] = 0;
        length += Encoding.UTF8.GetBytes(second, _buffer.AsSpan(length));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.AsSpan(0, length), hash);
        _sum += BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
