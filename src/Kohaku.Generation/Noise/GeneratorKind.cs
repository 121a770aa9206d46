namespace Kohaku.Generation.Noise;

/// <summary>Which random number generator a seed is for.</summary>
public enum GeneratorKind
{
    /// <summary>torch's on a CPU: MT19937 and Box–Muller in fp32. Only the low 32 bits of a seed count.</summary>
    Torch,

    /// <summary>Philox4x32-10, as torch draws on a graphics card and A1111 calls <c>NV</c>. All 64 bits of a seed count.</summary>
    Philox,
}
