using Kohaku.Generation.Doctor;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Jobs;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>Tries what models may run on.</summary>
public static class Devices
{
    private const string Help = "`kohaku doctor` says what is missing; --device cpu needs nothing";

    private static readonly string s_processor = $"CPU, {Environment.ProcessorCount} threads";

    /// <summary>Tries devices: that a provider is listed proves nothing, so one operator is run.</summary>
    /// <param name="wanted">What the user asked for.</param>
    /// <param name="gpuFolder">Where ONNX Runtime for graphics cards lies; <see langword="null"/> is where this process has it from already, or beside the program.</param>
    /// <exception cref="ModelException">The device asked for does not work.</exception>
    public static DeviceChoice Choose(DeviceKind wanted, string? gpuFolder = null)
    {
        switch (wanted)
        {
            case DeviceKind.Cpu:
                return new DeviceChoice(DeviceKind.Cpu, s_processor);
            case DeviceKind.Cuda or DeviceKind.DirectML:
                return (wanted == DeviceKind.Cuda ? WhyNotCuda(gpuFolder) : WhyNot(wanted)) is { } reason ? throw new ModelException($"{Name(wanted)} does not work: {reason}", Help) : new DeviceChoice(wanted, Name(wanted));
            default:
                if (WhyNotCuda(gpuFolder) is not { } cuda) return new DeviceChoice(DeviceKind.Cuda, Name(DeviceKind.Cuda));
                if (OperatingSystem.IsWindows() && WhyNot(DeviceKind.DirectML) is null) return new DeviceChoice(DeviceKind.DirectML, Name(DeviceKind.DirectML));
                return new DeviceChoice(DeviceKind.Cpu, s_processor, $"The processor computes, which takes minutes where a card takes seconds: {cuda}");
        }
    }

    /// <summary>Looks for what CUDA needs, chooses the library, and runs one operator.</summary>
    /// <param name="gpuFolder">As in <see cref="Choose"/>.</param>
    /// <returns>Why it does not work, with what to do; <see langword="null"/> where it does.</returns>
    /// <remarks>The library is chosen only where all it needs is there: else the processor keeps the one that ships.</remarks>
    public static string? WhyNotCuda(string? gpuFolder)
    {
        var folder = gpuFolder ?? OrtLibrary.Folder;
        if (folder is not null && !Directory.Exists(folder)) return $"{folder}: no such folder. {OrtLibrary.Help}";
        if (NeededLibrary.FirstMissing(folder ?? AppContext.BaseDirectory, MachineReport.Load) is { } missing)
            return $"{missing.Library.Name} ({missing.Library.File}): {missing.Problem}. {missing.Library.Help}";
        try
        {
            if (folder is not null) OrtLibrary.Use(folder);
            return WhyNot(DeviceKind.Cuda);
        }
        catch (ModelException refused)
        {
            return refused.Help is null ? refused.Message : $"{refused.Message}. {refused.Help}";
        }
    }

    /// <summary>Runs one operator on a device.</summary>
    /// <returns>Why it does not work; <see langword="null"/> where it does.</returns>
    public static string? WhyNot(DeviceKind device)
    {
        var graph = new GraphBuilder("trial", ElementType.Float);
        graph.Output(graph.Node("Add", [graph.Input("a", ElementType.Float, 1), graph.Input("b", ElementType.Float, 1)]), "sum", ElementType.Float, 1);
        try
        {
            using var session = new SessionFactory(device, 1).Open(graph.Build(), onlyHere: device != DeviceKind.Cpu);
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
            return failed.InnerException is OnnxRuntimeException inner ? OrtMessage.Of(inner.Message) : failed.Message;
        }
        catch (EntryPointNotFoundException)
        {
            return "this build of ONNX Runtime does not have it";
        }
    }

    private static string Name(DeviceKind device) => device == DeviceKind.Cuda ? "CUDA" : "DirectML";
}
