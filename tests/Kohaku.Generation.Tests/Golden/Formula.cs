using System.Text;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>The numbers of scaled-down models, by formula: no weights are stored.</summary>
internal static class Formula
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The values of a tensor, row-major.</summary>
    public static float[] Values(string name, long count, double scale, double offset)
    {
        var hash = Hash(name);
        var values = new float[count];
        for (long i = 0; i < count; i++) values[i] = Value(hash, i, scale, offset);
        return values;
    }

    /// <summary>A value of a tensor.</summary>
    public static float Value(ulong hash, long index, double scale, double offset)
    {
        unchecked
        {
            var x = hash + (((ulong)index + 1) * Golden);
            x ^= x >> 30;
            x *= 0xBF58476D1CE4E5B9;
            x ^= x >> 27;
            x *= 0x94D049BB133111EB;
            x ^= x >> 31;
            return (float)(offset + (scale * (((x >> 40) * Math.ScaleB(1, -23)) - 1)));
        }
    }

    /// <summary>FNV-1a of a name.</summary>
    public static ulong Hash(string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var value in Encoding.UTF8.GetBytes(name)) hash = unchecked((hash ^ value) * 0x100000001B3);
        return hash;
    }
}
