namespace Kohaku.Generation.Noise;

/// <summary>numpy's <c>SeedSequence</c> with a pool of 24 words (after O'Neill's <c>seed_seq_fe</c>): how a Brownian tree makes a seed for each of its nodes.</summary>
internal static class SeedSequence
{
    private const int PoolSize = 24;
    private const uint MixLeft = 0xCA01F9DD;
    private const uint MixRight = 0x4973F715;
    private const int Shift = 16;

    /// <summary>The words <c>SeedSequence(entropy, pool_size=24).generate_state(n)</c> gives.</summary>
    public static void Generate(ulong entropy, Span<uint> words)
    {
        Span<uint> assembled = stackalloc uint[2];
        Generate(assembled[..Append(entropy, assembled)], words);
    }

    /// <summary>The words <c>SeedSequence(entropy, spawn_key=(key, depth), pool_size=24).generate_state(n)</c> gives.</summary>
    public static void Generate(ulong entropy, ulong key, uint depth, Span<uint> words)
    {
        // With a spawn key the entropy is filled up to the pool's size, so that no key can pass for entropy.
        Span<uint> assembled = stackalloc uint[PoolSize + 4];
        assembled.Clear();
        Append(entropy, assembled);
        var length = PoolSize;
        length += Append(key, assembled[length..]);
        length += Append(depth, assembled[length..]);
        Generate(assembled[..length], words);
    }

    /// <summary>A number as words, the lowest first; 0 is one word.</summary>
    private static int Append(ulong value, Span<uint> words)
    {
        words[0] = (uint)value;
        if (value <= uint.MaxValue) return 1;
        words[1] = (uint)(value >> 32);
        return 2;
    }

    private static void Generate(ReadOnlySpan<uint> entropy, Span<uint> words)
    {
        Span<uint> pool = stackalloc uint[PoolSize];
        Mix(entropy, pool);
        unchecked
        {
            var constant = 0x8B51F9DDu;
            for (var i = 0; i < words.Length; i++)
            {
                var value = pool[i % PoolSize] ^ constant;
                constant *= 0x58F38DED;
                value *= constant;
                words[i] = value ^ (value >> Shift);
            }
        }
    }

    private static void Mix(ReadOnlySpan<uint> entropy, Span<uint> pool)
    {
        var constant = 0x43B0D7E5u;
        for (var i = 0; i < PoolSize; i++) pool[i] = Hash(i < entropy.Length ? entropy[i] : 0, ref constant);
        for (var source = 0; source < PoolSize; source++)
        {
            for (var target = 0; target < PoolSize; target++)
            {
                if (source != target) pool[target] = Mix(pool[target], Hash(pool[source], ref constant));
            }
        }

        for (var source = PoolSize; source < entropy.Length; source++)
        {
            for (var target = 0; target < PoolSize; target++) pool[target] = Mix(pool[target], Hash(entropy[source], ref constant));
        }
    }

    private static uint Hash(uint value, ref uint constant)
    {
        unchecked
        {
            value ^= constant;
            constant *= 0x931E8875;
            value *= constant;
            return value ^ (value >> Shift);
        }
    }

    private static uint Mix(uint x, uint y)
    {
        unchecked
        {
            var result = (MixLeft * x) - (MixRight * y);
            return result ^ (result >> Shift);
        }
    }
}
