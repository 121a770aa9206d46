namespace Kohaku.Generation.Noise;

/// <summary>MT19937 of Matsumoto and Nishimura (1998), seeded by <c>init_genrand</c> (2002).</summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next;

    public MersenneTwister(uint seed) => Reset(seed);

    public void Reset(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Size; i++) _state[i] = unchecked((1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i);
        _next = Size;
    }

    public uint Next()
    {
        if (_next == Size) Turn();
        return Temper(_state[_next++]);
    }

    /// <summary>The low 24 bits of as many words, as numbers of [0, 1): torch's <c>uniform_</c> in fp32.</summary>
    public void FillUniform(Span<float> values)
    {
        while (!values.IsEmpty)
        {
            if (_next == Size) Turn();
            var count = Math.Min(values.Length, Size - _next);
            var words = _state.AsSpan(_next, count);
            for (var i = 0; i < words.Length; i++) values[i] = (Temper(words[i]) & 0xFFFFFF) * (1f / (1 << 24));
            _next += count;
            values = values[count..];
        }
    }

    public void Skip(int count)
    {
        while (count > 0)
        {
            if (_next == Size) Turn();
            var passed = Math.Min(count, Size - _next);
            _next += passed;
            count -= passed;
        }
    }

    private static uint Temper(uint word)
    {
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C5680;
        word ^= (word << 15) & 0xEFC60000;
        return word ^ (word >> 18);
    }

    private void Turn()
    {
        var state = _state.AsSpan();
        for (var i = 0; i < Size - Middle; i++) state[i] = state[i + Middle] ^ Twist(state[i], state[i + 1]);
        for (var i = Size - Middle; i < Size - 1; i++) state[i] = state[i + Middle - Size] ^ Twist(state[i], state[i + 1]);
        state[Size - 1] = state[Middle - 1] ^ Twist(state[Size - 1], state[0]);
        _next = 0;
    }

    private static uint Twist(uint high, uint low) => (((high & 0x80000000) | (low & 0x7FFFFFFF)) >> 1) ^ ((low & 1) * 0x9908B0DF);
}
