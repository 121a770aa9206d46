namespace Kohaku.Jobs;

/// <summary>Whose random numbers a seed stands for.</summary>
public enum SeedDialect
{
    /// <summary>A1111 with its NV generator: Philox, as a graphics card draws.</summary>
    A1111Nv,

    /// <summary>A1111 with its CPU generator: torch's, MT19937.</summary>
    A1111Cpu,

    /// <summary>ComfyUI: torch's CPU generator for the start.</summary>
    Comfy,

    /// <summary>diffusers' pipelines with a CPU generator.</summary>
    Diffusers,
}
