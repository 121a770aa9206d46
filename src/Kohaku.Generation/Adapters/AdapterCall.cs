namespace Kohaku.Generation.Adapters;

/// <summary>A network file to merge into a checkpoint.</summary>
/// <param name="Path">The <c>.safetensors</c> file.</param>
/// <param name="TextWeight">What its effect on both text encoders is multiplied by.</param>
/// <param name="UNetWeight">The same for the UNet.</param>
public sealed record AdapterCall(string Path, double TextWeight, double UNetWeight);

/// <summary>What of an adapter found no place in the checkpoint.</summary>
/// <param name="Path">The adapter.</param>
/// <param name="Keys">Its keys that map to nothing, in the file's order. All others were used.</param>
public sealed record UnmappedKeys(string Path, IReadOnlyList<string> Keys);

/// <summary>In which type merged tensors are kept.</summary>
public enum MergePrecision
{
    /// <summary>Single precision, as they were computed: what a run in fp32 needs to agree with the reference to 2e-3.</summary>
    Full,

    /// <summary>The checkpoint's own type for each tensor: half the size, and all that a run in fp16 can see.</summary>
    Checkpoint,
}

/// <summary>How far a merge is.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Done">Bytes behind it.</param>
/// <param name="Total">Bytes in all.</param>
public readonly record struct MergeProgress(MergePhase Phase, long Done, long Total);

/// <summary>What a merge is at.</summary>
public enum MergePhase
{
    /// <summary>Files whose content is not known yet are read to name it.</summary>
    Hash,

    /// <summary>Tensors are merged.</summary>
    Merge,
}
