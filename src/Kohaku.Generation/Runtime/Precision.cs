namespace Kohaku.Generation.Runtime;

/// <summary>What a model computes in.</summary>
public enum Precision
{
    /// <summary>fp32 on the processor, fp16 on cards.</summary>
    Auto,

    /// <summary>fp32.</summary>
    Full,

    /// <summary>fp16.</summary>
    Half,
}
