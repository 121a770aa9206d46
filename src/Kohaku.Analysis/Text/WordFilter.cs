using System.Numerics;

namespace Kohaku.Analysis.Text;

/// <summary>A set of words that is asked only whether it holds one: a Bloom filter, wrong about one absent word in 15,000.</summary>
internal sealed unsafe class WordFilter
{
    private const int Probes = 8;

    /// <summary>Bits for each word.</summary>
    private const int Room = 20;

    private readonly byte* bits;
    private readonly uint mask;

    /// <summary>A filter over bits that stay where they are.</summary>
    public WordFilter(byte* bits, int length)
    {
        this.bits = bits;
        mask = ((uint)length * 8) - 1;
    }

    /// <summary>Whether the filter holds a word, lower-case ASCII.</summary>
    public bool Contains(ReadOnlySpan<char> word)
    {
        var hash = Hash(word);
        var (bit, step) = ((uint)hash, (uint)(hash >> 32) | 1);
        for (var probe = 0; probe < Probes; probe++)
        {
            var at = bit & mask;
            if ((bits[at >> 3] & (1 << (int)(at & 7))) == 0) return false;
            bit += step;
        }

        return true;
    }

    /// <summary>The bits of a filter that holds some words; their number is a power of two.</summary>
    public static byte[] Build(IReadOnlyCollection<string> words)
    {
        var built = new byte[BitOperations.RoundUpToPowerOf2((uint)words.Count * Room) / 8];
        var mask = ((uint)built.Length * 8) - 1;
        foreach (var word in words)
        {
            var hash = Hash(word);
            var (bit, step) = ((uint)hash, (uint)(hash >> 32) | 1);
            for (var probe = 0; probe < Probes; probe++)
            {
                var at = bit & mask;
                built[at >> 3] |= (byte)(1 << (int)(at & 7));
                bit += step;
            }
        }

        return built;
    }

    /// <summary>FNV-1a, with a last mixing so that both halves are good.</summary>
    private static ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var c in word) hash = (hash ^ c) * 0x100000001B3UL;
        hash ^= hash >> 29;
        hash *= 0xBF58476D1CE4E5B9UL;
        return hash ^ (hash >> 32);
    }
}
