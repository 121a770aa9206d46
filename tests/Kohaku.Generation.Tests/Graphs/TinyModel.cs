using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Graphs;

/// <summary>The scaled-down checkpoint, open for the tests of a class.</summary>
public sealed class TinyModel : IDisposable
{
    public CheckpointModel Open { get; } = CheckpointModel.Open(TinyCheckpoint.Path, new CheckpointOptions { Device = DeviceKind.Cpu });

    public void Dispose() => Open.Dispose();
}
