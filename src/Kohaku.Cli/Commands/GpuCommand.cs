using Kohaku.Cli.Terminal;
using Kohaku.Generation.Doctor;
using Kohaku.Generation.Gpu;
using Kohaku.Generation.Runtime;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku gpu install</c>, <c>status</c> and <c>remove</c>: ONNX Runtime for NVIDIA's cards, which does not ship.</summary>
internal static class GpuCommand
{
    private const string DefaultSource = "https://api.nuget.org/v3/index.json";
    private const int NameWidth = 14;

    /// <summary>Builds <c>gpu install</c>.</summary>
    public static CommandFrame BuildInstall(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var source = frame.Text("--source", "PLACE", $"A NuGet source's index.json, a folder of packages, or the package's file ({DefaultSource})");
        frame.Examples.Add(new("kohaku gpu install", "fetches 250 MB, the only time that the network is used"));
        frame.Examples.Add(new("kohaku gpu install --source packages/", "without a network"));
        frame.Run = result => Install(session, result.GetValue(source) ?? DefaultSource);
        return frame;
    }

    /// <summary>Builds <c>gpu status</c>.</summary>
    public static CommandFrame BuildStatus(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        frame.Run = _ => Status(session);
        return frame;
    }

    /// <summary>Builds <c>gpu remove</c>.</summary>
    public static CommandFrame BuildRemove(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        frame.Run = _ =>
        {
            var installation = GpuInstallation.Of(session.Surroundings);
            Say(session, installation.Remove() ? $"deleted {installation.Folder}" : $"nothing is installed in {installation.Folder}");
            return ExitCode.Clean;
        };
        return frame;
    }

    private static int Install(Session session, string source)
    {
        var installation = GpuInstallation.Of(session.Surroundings);
        if (installation.IsThere)
        {
            Say(session, $"ONNX Runtime {GpuFolder.Version} for NVIDIA's cards is in {installation.Folder}");
            return ExitCode.Clean;
        }

        var stop = session.StopOnInterrupt();
        var isAddress = source.Contains("://", StringComparison.Ordinal);
        using (var line = new ProgressLine(session, wanted: true))
        {
            installation.InstallAsync(isAddress ? source : session.Absolute(source), (done, total) => line.Show(done / 1_000_000, total / 1_000_000, "MB"), stop).GetAwaiter().GetResult();
        }

        Say(session, $"ONNX Runtime {GpuFolder.Version} for NVIDIA's cards is in {installation.Folder}; kohaku gpu status says whether it works");
        return ExitCode.Clean;
    }

    private static int Status(Session session)
    {
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        if (GpuFolder.Of(session.Surroundings) is not { } folder)
        {
            page.Line("not installed: kohaku gpu install fetches it");
            return ExitCode.Findings;
        }

        page.Write("folder", Ink.Strong).Repeat(' ', NameWidth - 4).WriteForeign(folder).Line();
        foreach (var library in NeededLibrary.In(folder))
        {
            page.Write("  ").Write(library.Name).Repeat(' ', NameWidth - library.Name.Length).Write(Path.GetFileName(library.File), Ink.Faint).Write("  ");
            if (MachineReport.Load(library.File) is { } problem) page.Write("missing", Ink.Warning).Write(": ").WriteForeign(problem).Line();
            else page.Line("found");
        }

        var reason = Devices.WhyNotCuda(folder);
        page.Write("CUDA", Ink.Strong).Repeat(' ', NameWidth - 2);
        if (reason is null) page.Line("works");
        else page.Write("does not work", Ink.Warning).Write(": ").WriteForeign(reason).Line();
        return reason is null ? ExitCode.Clean : ExitCode.Findings;
    }

    private static void Say(Session session, string line)
    {
        using var output = session.OpenOutput();
        new Page(output, session.OutputLook).WriteForeign(line).Line();
    }
}
