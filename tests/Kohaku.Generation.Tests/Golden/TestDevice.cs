using Kohaku.Generation.Runtime;
using Kohaku.Jobs;
using Kohaku.Workspace;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>What models of the tests run on: the processor, unless tests/gpu/run.sh asks for a card, which then must work.</summary>
internal static class TestDevice
{
    private const string Variable = "KOHAKU_TEST_DEVICE";

    private static readonly Lazy<DeviceKind> s_chosen = new(Choose);

    /// <summary>The device, tried.</summary>
    public static DeviceKind Kind => s_chosen.Value;

    private static DeviceKind Choose()
    {
        var surroundings = new Surroundings(Environment.GetEnvironmentVariable, Environment.CurrentDirectory, _ => { });
        var wanted = surroundings.Variable(Variable) switch
        {
            null or "" or "cpu" => DeviceKind.Cpu,
            "cuda" => DeviceKind.Cuda,
            var other => throw new InvalidOperationException($"{Variable}: {other} is none of cpu, cuda"),
        };
        return Devices.Choose(wanted, GpuFolder.Of(surroundings)).Device;
    }
}
