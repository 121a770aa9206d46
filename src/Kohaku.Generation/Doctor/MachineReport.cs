using System.Runtime.InteropServices;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Doctor;

/// <summary>A device, tried with one operator.</summary>
/// <param name="Device">The device.</param>
/// <param name="Problem">Why it does not work; <see langword="null"/> where it does.</param>
/// <param name="Gigaflops">Arithmetic a second in single precision, in 10⁹; 0 where it does not work.</param>
public sealed record TriedDevice(DeviceKind Device, string? Problem, double Gigaflops);

/// <summary>What this machine can make images with.</summary>
/// <param name="RuntimeVersion">ONNX Runtime's version.</param>
/// <param name="Processor">The processor.</param>
/// <param name="Cuda">NVIDIA's card.</param>
/// <param name="DirectMl">Windows' card; <see langword="null"/> elsewhere.</param>
/// <param name="Libraries">What an NVIDIA card needs, one by one.</param>
/// <param name="FreeMemory">Bytes that the processor's work may still take.</param>
/// <param name="TotalMemory">Bytes of the machine, or of what this process may use.</param>
public sealed record MachineReport(
    string RuntimeVersion, TriedDevice Processor, TriedDevice Cuda, TriedDevice? DirectMl, IReadOnlyList<TriedLibrary> Libraries, long FreeMemory, long TotalMemory)
{
    /// <summary>Looks.</summary>
    /// <param name="load">Tries to load a library; gives why it could not, or <see langword="null"/>.</param>
    /// <param name="gpuFolder">Where ONNX Runtime for graphics cards lies, or <see langword="null"/>.</param>
    public static MachineReport Of(Func<string, string?> load, string? gpuFolder = null)
    {
        ArgumentNullException.ThrowIfNull(load);
        // First of all, since it decides which library is loaded.
        var problem = Devices.WhyNotCuda(gpuFolder);
        var cuda = problem is null ? DeviceTrial.Of(DeviceKind.Cuda) : new TriedDevice(DeviceKind.Cuda, problem, 0);
        var libraries = NeededLibrary.In(gpuFolder ?? AppContext.BaseDirectory).Select(library => new TriedLibrary(library, load(library.File))).ToList();
        var processor = DeviceTrial.Of(DeviceKind.Cpu);

        // Before the first collection nobody has looked how much is in use.
        GC.Collect();
        var memory = GC.GetGCMemoryInfo();
        return new MachineReport(
            OrtEnv.Instance().GetVersionString(),
            processor,
            cuda,
            OperatingSystem.IsWindows() ? DeviceTrial.Of(DeviceKind.DirectML) : null,
            libraries,
            Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes),
            memory.TotalAvailableMemoryBytes);
    }

    /// <summary>Loads a library for good, as ONNX Runtime would. One with a path is only looked for: a provider's symbols are those of who loads it.</summary>
    /// <returns>Why it could not be loaded, or <see langword="null"/>.</returns>
    public static string? Load(string file)
    {
        if (Path.IsPathRooted(file)) return File.Exists(file) ? null : "no such file";

        try
        {
            NativeLibrary.Load(file);
            return null;
        }
        catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
        {
            return Reason(file, refused.Message);
        }
    }

    // The message begins with advice, and has a line for every name and folder that was tried: that of the name as given is the system's own word.
    internal static string Reason(string file, string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.FirstOrDefault(line => line.StartsWith(file + ": ", StringComparison.Ordinal)) is { } own ? own[(file.Length + 2)..] : lines[0];
    }
}
