using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>What a model will run on, tried before the model is opened.</summary>
/// <param name="Device">Not <see cref="Device.Auto"/>.</param>
/// <param name="Notice">What a user should know of the choice, or <see langword="null"/>.</param>
public sealed record DeviceChoice(Device Device, string? Notice)
{
    private const string Help = "`kohaku doctor` says what is missing; --device cpu needs nothing";

    /// <summary>Tries devices: that a provider is listed proves nothing, so one operator is run.</summary>
    /// <exception cref="ModelException">The device asked for does not work.</exception>
    public static DeviceChoice Of(Device wanted)
    {
        switch (wanted)
        {
            case Device.Cpu:
                return new DeviceChoice(Device.Cpu, null);
            case Device.Cuda or Device.DirectMl:
                return WhyNot(wanted) is { } reason ? throw new ModelException($"{Name(wanted)} does not work: {reason}", Help) : new DeviceChoice(wanted, null);
            default:
                if (WhyNot(Device.Cuda) is not { } cuda) return new DeviceChoice(Device.Cuda, null);
                if (OperatingSystem.IsWindows() && WhyNot(Device.DirectMl) is null) return new DeviceChoice(Device.DirectMl, null);
                return new DeviceChoice(Device.Cpu, $"The processor computes, which takes minutes where a card takes seconds: {cuda}");
        }
    }

    /// <summary>Runs one operator on a device.</summary>
    /// <returns>Why it does not work; <see langword="null"/> where it does.</returns>
    public static string? WhyNot(Device device)
    {
        var graph = new GraphBuilder("trial", ElementType.Float);
        graph.Output(graph.Node("Add", [graph.Input("a", ElementType.Float, 1), graph.Input("b", ElementType.Float, 1)]), "sum", ElementType.Float, 1);
        try
        {
            using var session = new SessionFactory(device, 1).Open(graph.Build());
            using var binding = session.Bind();
            using var a = OrtValue.CreateTensorValueFromMemory([2f], [1]);
            var sum = new float[1];
            using var result = OrtValue.CreateTensorValueFromMemory(sum, [1]);
            binding.BindInput("a", a);
            binding.BindInput("b", a);
            binding.BindOutput("sum", result);
            session.Run(binding, CancellationToken.None);
            return sum[0] == 4 ? null : "it adds wrongly";
        }
        catch (ModelException failed)
        {
            return failed.InnerException is OnnxRuntimeException inner ? ModelSession.Reason(inner) : failed.Message;
        }
        catch (EntryPointNotFoundException)
        {
            return "this build of ONNX Runtime does not have it";
        }
    }

    private static string Name(Device device) => device == Device.Cuda ? "CUDA" : "DirectML";
}
