using Kohaku.Jobs.Models;

namespace Kohaku.Cli.Models;

/// <summary>What people call models.</summary>
internal static class ModelWords
{
    /// <summary>The kind in a word or two.</summary>
    public static string Of(ModelKind kind) => kind switch
    {
        ModelKind.Checkpoint => "checkpoint",
        ModelKind.OnnxFolder => "ONNX folder",
        ModelKind.Vae => "VAE",
        ModelKind.Network => "network",
        ModelKind.Embedding => "embedding",
        ModelKind.ControlNet => "ControlNet",
        ModelKind.Part => "part",
        _ => "unknown",
    };
}
