using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>An input or output as an export declares it.</summary>
internal sealed class FolderNode(string name, NodeMetadata metadata)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its element type.</summary>
    public TensorElementType Type { get; } = metadata.ElementDataType;

    /// <summary>Its sides; −1 where the export leaves them open.</summary>
    public int[] Sides { get; } = metadata.Dimensions;

    /// <summary>Names of its open sides, by which the export says which are equal.</summary>
    public string[] SideNames { get; } = metadata.SymbolicDimensions;

    /// <summary>Number of sides.</summary>
    public int Rank => Sides.Length;

    /// <summary>A side that the export has fixed, or <see langword="null"/>.</summary>
    public int? Fixed(int side) => side < Sides.Length && Sides[side] > 0 ? Sides[side] : null;

    /// <summary>As a message names it.</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Sides.Select((side, i) => side > 0 ? side.ToString() : SideNames[i]))}]";
}
