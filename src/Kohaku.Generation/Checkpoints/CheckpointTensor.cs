using Kohaku.Generation.Graphs;

namespace Kohaku.Generation.Checkpoints;

/// <summary>A tensor of a checkpoint, and where its bytes lie.</summary>
/// <param name="Name">As the checkpoint calls it, whatever the prefix in a file of its own.</param>
/// <param name="File">The file's absolute path, links resolved.</param>
/// <param name="Type">Element type as the file writes it: <c>F16</c>, <c>BF16</c> or <c>F32</c> of those that a model uses.</param>
/// <param name="Shape">Row-major.</param>
/// <param name="Offset">Of its first byte in the file.</param>
/// <param name="Length">In bytes.</param>
public sealed record CheckpointTensor(string Name, string File, string Type, long[] Shape, long Offset, long Length)
{
    /// <summary>Whether it stands for one that the checkpoint lacks.</summary>
    internal bool IsMissing { get; init; }

    /// <summary>Its type for ONNX.</summary>
    internal ElementType Element => Type switch
    {
        "F16" => ElementType.Half,
        "BF16" => ElementType.BFloat16,
        _ => ElementType.Float,
    };
}
