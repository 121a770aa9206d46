namespace Kohaku.Syntax.Dynamic;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed wherever it runs.</summary>
internal sealed class DynamicRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A whole number from one to another, both included.</summary>
    public int Next(int least, int greatest) => least + (int)(NextUnit() * (greatest - least + 1.0));

    /// <summary>At least 0 and below 1, of 53 bits.</summary>
    public double NextUnit()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
