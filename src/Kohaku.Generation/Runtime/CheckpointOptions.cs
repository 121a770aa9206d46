using Kohaku.Jobs;

namespace Kohaku.Generation.Runtime;

/// <summary>How a checkpoint is opened.</summary>
public sealed record CheckpointOptions
{
    /// <summary>A VAE to use in place of the checkpoint's own: a .safetensors file.</summary>
    public string? Vae { get; init; }

    /// <summary>A .safetensors file whose tensors stand in place of those of the same name: what adapters have made of them.</summary>
    public string? Merged { get; init; }

    /// <summary>What to compute in.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>What to run on.</summary>
    public DeviceKind Device { get; init; } = DeviceKind.Auto;

    /// <summary>Threads of an operator; 0 is one for each core.</summary>
    public int Threads { get; init; }

    /// <summary>Takes what a user should know while a model works: that a decoder overflowed in fp16, say. Any thread may call it.</summary>
    public Action<string>? Notice { get; init; }
}
