using System.Text.Encodings.Web;
using System.Text.Json;
using Kohaku.Cli.Terminal;
using Kohaku.Generation.Doctor;
using Kohaku.Generation.Runtime;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku gpu status</c>: whether ONNX Runtime for NVIDIA's cards is there, what it misses, and whether it works.</summary>
internal static class GpuStatusCommand
{
    private const int NameWidth = 14;

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var library = GpuCommand.AddLibrary(frame);
        var asJson = frame.Flag("--json", "Print an object");
        frame.Examples.Add(new("kohaku gpu status", "folder, libraries, one operator on the card"));
        frame.Examples.Add(new("kohaku gpu status --json", "for programs"));
        frame.Run = result =>
        {
            var status = Status.Of(GpuFolder.Of(session.Surroundings, result.GetValue(library)));
            if (result.GetValue(asJson)) WriteJson(status, session);
            else WritePage(status, session);
            return status.Problem is null ? ExitCode.Clean : ExitCode.Findings;
        };
        return frame;
    }

    private static void WritePage(Status status, Session session)
    {
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        if (status.Folder is not { } folder)
        {
            page.Line(status.Problem!);
            return;
        }

        page.Write("folder", Ink.Strong).Repeat(' ', NameWidth - 4).WriteForeign(folder).Line();
        foreach (var (library, problem) in status.Libraries)
        {
            page.Write("  ").Write(library.Name).Repeat(' ', NameWidth - library.Name.Length).Write(Path.GetFileName(library.File), Ink.Faint).Write("  ");
            if (problem is null) page.Line("found");
            else page.Write("missing", Ink.Warning).Write(": ").WriteForeign(problem).Line();
        }

        page.Write("CUDA", Ink.Strong).Repeat(' ', NameWidth - 2);
        if (status.Problem is null) page.Line("works");
        else page.Write("does not work", Ink.Warning).Write(": ").WriteForeign(status.Problem).Line();
    }

    private static void WriteJson(Status status, Session session)
    {
        using (var json = new Utf8JsonWriter(session.Output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("version", GpuFolder.Version);
            WriteText("folder", status.Folder);
            json.WriteBoolean("works", status.Problem is null);
            WriteText("problem", status.Problem);
            json.WriteStartArray("libraries");
            foreach (var (library, problem) in status.Libraries)
            {
                json.WriteStartObject();
                WriteText("name", library.Name);
                WriteText("file", library.File);
                json.WriteBoolean("found", problem is null);
                WriteText("problem", problem);
                WriteText("help", problem is null ? null : library.Help);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();

            void WriteText(string name, string? text)
            {
                if (text is null) json.WriteNull(name);
                else json.WriteString(name, WellFormedText.Of(text));
            }
        }

        session.Output.WriteByte((byte)'\n');
    }

    /// <summary>What is known of the library for NVIDIA's cards.</summary>
    /// <param name="Folder">Where it lies; <see langword="null"/> where there is none.</param>
    /// <param name="Libraries">What it needs, one by one.</param>
    /// <param name="Problem">Why it does not work; <see langword="null"/> where it does.</param>
    private sealed record Status(string? Folder, IReadOnlyList<TriedLibrary> Libraries, string? Problem)
    {
        public static Status Of(string? folder)
        {
            // A packager may have put it beside the program.
            var place = folder ?? AppContext.BaseDirectory;
            var needed = NeededLibrary.In(place);
            if (folder is null && !needed.Any(library => Path.IsPathRooted(library.File) && File.Exists(library.File))) return new Status(null, [], "not installed: kohaku gpu install fetches it");

            return new Status(place, [.. needed.Select(library => new TriedLibrary(library, MachineReport.Load(library.File)))], Devices.WhyNotCuda(folder));
        }
    }
}
