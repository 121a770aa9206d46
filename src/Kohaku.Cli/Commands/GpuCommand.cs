using System.CommandLine;
using Kohaku.Cli.Terminal;
using Kohaku.Generation.Gpu;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku gpu install</c> and <c>remove</c>: ONNX Runtime for NVIDIA's cards, which does not ship.</summary>
internal static class GpuCommand
{
    private const string DefaultSource = "https://api.nuget.org/v3/index.json";

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

    /// <summary>Adds the option that names a folder in place of what <c>gpu install</c> put down.</summary>
    public static Option<string?> AddLibrary(CommandFrame frame) =>
        frame.Text("--gpu-library", "DIR", $"A folder with ONNX Runtime for graphics cards ({GpuFolder.Variable}, then what kohaku gpu install fetched)");

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

    private static void Say(Session session, string line)
    {
        using var output = session.OpenOutput();
        new Page(output, session.OutputLook).WriteForeign(line).Line();
    }
}
