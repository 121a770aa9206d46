using Kohaku.Cli.Models;
using Kohaku.Cli.Terminal;
using Kohaku.Jobs.Models;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku models check</c>: whether images can be made with a model, as far as its name, header and configuration tell.</summary>
internal static class ModelsCheckCommand
{
    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var models = frame.Arguments("MODEL", "A .safetensors checkpoint, or a folder with an ONNX export", atLeast: 1);
        var vae = frame.Text("--vae", "PATH", "A VAE in place of the model's own");
        frame.Examples.Add(new("kohaku models check kohaku-xl-delta-rev1.safetensors", "before a long run"));
        frame.Examples.Add(new("kohaku models check models/*.safetensors", "which of them can be used"));
        frame.Run = result => Check(session, result.GetValue(models)!, result.GetValue(vae));
        return frame;
    }

    private static int Check(Session session, string[] models, string? vae)
    {
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        var code = ExitCode.Clean;
        foreach (var model in models)
        {
            var report = ModelCheck.Of(session.Absolute(model), vae is null ? null : session.Absolute(vae));
            foreach (var finding in report.Findings) FindingLines.Write(page, finding);
            if (report.Findings.Count == 0) page.WriteForeign(model).Line(": no fault found");
            if (report.Findings.Count > 0) code = ExitCode.Findings;
        }

        return code;
    }
}
