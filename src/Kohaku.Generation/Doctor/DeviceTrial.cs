using System.Diagnostics;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Doctor;

/// <summary>Tries a device, and how fast it multiplies matrices: what nearly all of an image's work is.</summary>
internal static class DeviceTrial
{
    private const int Side = 1024;
    private const int Products = 8;
    private const int Runs = 3;

    /// <summary>Tries it.</summary>
    public static TriedDevice Of(DeviceKind device) => Devices.WhyNot(device) is { } problem ? new TriedDevice(device, problem, 0) : new TriedDevice(device, null, Measure(device));

    // The best of some runs: the first pays for much that later ones do not.
    private static double Measure(DeviceKind device)
    {
        var graph = new GraphBuilder("trial", ElementType.Float);
        var (a, b) = (graph.Input("a", ElementType.Float, Side, Side), graph.Input("b", ElementType.Float, Side, Side));
        var product = a;
        for (var i = 0; i < Products; i++) product = graph.Node("MatMul", [product, b]);
        graph.Output(graph.Node("ReduceSum", [product]), "sum", ElementType.Float, 1, 1);
        using var session = new SessionFactory(device, 0).Open(graph.Build(), onlyHere: device != DeviceKind.Cpu);
        using var binding = session.Bind();

        // Small enough that eight products stay finite.
        var values = new float[Side * Side];
        Array.Fill(values, 1f / Side);
        using var matrix = OrtValue.CreateTensorValueFromMemory(values, [Side, Side]);
        using var result = OrtValue.CreateTensorValueFromMemory(new float[1], [1, 1]);
        binding.BindInput("a", matrix);
        binding.BindInput("b", matrix);
        binding.BindOutput("sum", result);
        var best = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            session.Run(binding, CancellationToken.None);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2.0 * Side * Side * Side * Products / best / 1e9;
    }
}
