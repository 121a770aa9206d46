namespace Kohaku.Jobs;

/// <summary>Which model is opened, and how.</summary>
public sealed record GeneratorSettings
{
    /// <summary>A .safetensors checkpoint or a diffusers-layout ONNX folder; absolute.</summary>
    public required string ModelPath { get; init; }

    /// <summary>A VAE to use in place of the model's own, absolute; or <see langword="null"/>.</summary>
    public string? VaePath { get; init; }

    /// <summary>Folders with the files that <c>&lt;lora:name&gt;</c> means, absolute; the first that has a name wins.</summary>
    public IReadOnlyList<string> LoraFolders { get; init; } = [];

    /// <summary>Folders with textual-inversion embeddings, absolute.</summary>
    public IReadOnlyList<string> EmbeddingFolders { get; init; } = [];

    /// <summary>In what precision it runs.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Where it runs.</summary>
    public required DeviceKind Device { get; init; }

    /// <summary>Where ONNX Runtime for graphics cards lies, absolute; <see langword="null"/> where there is none, or only beside the program.</summary>
    public string? GpuFolder { get; init; }
}

/// <summary>In what precision a model runs.</summary>
public enum Precision
{
    /// <summary>Half on a graphics card, single on the CPU.</summary>
    Auto,

    /// <summary>Single: <c>fp32</c>.</summary>
    Full,

    /// <summary>Half: <c>fp16</c>.</summary>
    Half,
}

/// <summary>Where a model runs.</summary>
public enum DeviceKind
{
    /// <summary>A graphics card where one can be used, else the CPU.</summary>
    Auto,

    /// <summary>An NVIDIA card through CUDA.</summary>
    Cuda,

    /// <summary>Any card on Windows, through DirectML.</summary>
    DirectML,

    /// <summary>The processor.</summary>
    Cpu,
}

/// <summary>The device that will be used.</summary>
/// <param name="Device">Not <see cref="DeviceKind.Auto"/>.</param>
/// <param name="Name">As people know it: <c>NVIDIA H100</c>, <c>CPU, 16 threads</c>.</param>
/// <param name="Note">Why it is not the one that was hoped for, and what to do; or <see langword="null"/>.</param>
public sealed record DeviceChoice(DeviceKind Device, string Name, string? Note = null);
