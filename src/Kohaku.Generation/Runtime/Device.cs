namespace Kohaku.Generation.Runtime;

/// <summary>What a model runs on.</summary>
public enum Device
{
    /// <summary>The first of CUDA, DirectML and the processor that works.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>NVIDIA's cards.</summary>
    Cuda,

    /// <summary>Windows' cards, through DirectML.</summary>
    DirectMl,
}
