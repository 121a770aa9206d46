namespace Kohaku.Jobs.Models;

/// <summary>What a file or folder of a model holds.</summary>
public enum ModelKind
{
    /// <summary>Nothing that is known here.</summary>
    Unknown,

    /// <summary>A whole model in one file.</summary>
    Checkpoint,

    /// <summary>A folder with an ONNX export in diffusers' layout.</summary>
    OnnxFolder,

    /// <summary>A VAE alone.</summary>
    Vae,

    /// <summary>LoRA and its kin, which a prompt names.</summary>
    Network,

    /// <summary>A textual-inversion embedding, which a prompt names.</summary>
    Embedding,

    /// <summary>A ControlNet.</summary>
    ControlNet,

    /// <summary>A part of a model: a UNet or a text encoder alone.</summary>
    Part,
}
