using System.Globalization;
using Kohaku.Cli.Terminal;
using Kohaku.Generation.Doctor;
using Kohaku.Jobs;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku doctor</c>: what this machine can make images with, and what is missing.</summary>
internal static class DoctorCommand
{
    private const int LabelWidth = 14;
    private const int FileWidth = 40;

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var library = GpuCommand.AddLibrary(frame);
        frame.Examples.Add(new("kohaku doctor", "devices, libraries, memory"));
        frame.Run = result =>
        {
            var report = MachineReport.Of(MachineReport.Load, GpuFolder.Of(session.Surroundings, result.GetValue(library)));
            Write(report, session);
            return report.Processor.Problem is null || report.Cuda.Problem is null || report.DirectMl is { Problem: null } ? ExitCode.Clean : ExitCode.Findings;
        };
        return frame;
    }

    /// <summary>Writes a report for people.</summary>
    internal static void Write(MachineReport report, Session session)
    {
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        Row(page, "ONNX Runtime", report.RuntimeVersion);
        WriteDevice(page, "processor", report.Processor, $"{Environment.ProcessorCount} threads, ");
        Row(page, "memory", $"{Gigabytes(report.FreeMemory)} of {Gigabytes(report.TotalMemory)} free; an image of 1024x1024 takes about {Gigabytes(PeakOn(DeviceKind.Cpu))}, on a card {Gigabytes(PeakOn(DeviceKind.Cuda))} of its own");
        if (report.DirectMl is { } card) WriteDevice(page, "DirectML", card, "");
        WriteDevice(page, "CUDA", report.Cuda, "");
        foreach (var (library, problem) in report.Libraries)
        {
            page.Write("  ").Write(library.Name).Repeat(' ', LabelWidth - library.Name.Length);
            var file = Path.GetFileName(library.File);
            page.Write(file, Ink.Faint).Repeat(' ', Math.Max(1, FileWidth - file.Length));
            if (problem is null) page.Line("found");
            else page.Write("missing", Ink.Warning).Write(": ").WriteForeign(problem).Line();
        }

        // The first one that is missing; those behind it often come with it.
        if (report.Cuda.Problem is null) return;
        if (report.Libraries.FirstOrDefault(tried => tried.Problem is not null) is { } missing) page.Write("  = ", Ink.Faint).Write(missing.Library.Help).Line();
    }

    private static void WriteDevice(Page page, string label, TriedDevice tried, string facts)
    {
        page.Write(label, Ink.Strong).Repeat(' ', LabelWidth + 2 - label.Length);
        if (tried.Problem is null) page.Line(string.Create(CultureInfo.InvariantCulture, $"works: {facts}{tried.Gigaflops:0} GFLOP/s in single precision"));
        else page.Write("does not work", Ink.Warning).Write(": ").WriteForeign(tried.Problem).Line();
    }

    private static void Row(Page page, string label, string value) => page.Write(label, Ink.Strong).Repeat(' ', LabelWidth + 2 - label.Length).WriteForeign(value).Line();

    private static long PeakOn(DeviceKind device) => MemoryEstimate.OfUsual(ModelSize.Sdxl, device).Peak;

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");
}
