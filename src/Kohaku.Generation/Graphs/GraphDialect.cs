namespace Kohaku.Generation.Graphs;

/// <summary>Which operators a graph is made of; the numbers are the same.</summary>
internal enum GraphDialect
{
    /// <summary>Standard operators only: <see cref="PortableLayers"/>.</summary>
    Portable,

    /// <summary>Those of Microsoft's that the processor has too.</summary>
    Processor,

    /// <summary>Those for NVIDIA's cards: <see cref="CudaLayers"/>.</summary>
    Cuda,
}
