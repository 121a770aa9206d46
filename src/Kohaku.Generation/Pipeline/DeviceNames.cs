using Kohaku.Generation.Runtime;
using Kohaku.Jobs;

namespace Kohaku.Generation.Pipeline;

/// <summary>A job's devices as the runtime names them.</summary>
internal static class DeviceNames
{
    /// <summary>The runtime's device.</summary>
    public static Device Of(DeviceKind device) => device switch
    {
        DeviceKind.Cuda => Device.Cuda,
        DeviceKind.DirectML => Device.DirectMl,
        DeviceKind.Cpu => Device.Cpu,
        _ => Device.Auto,
    };
}
