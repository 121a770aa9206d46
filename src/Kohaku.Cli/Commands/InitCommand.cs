using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Files.Configuration;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku init</c>: a <c>kohaku.json</c> to begin with, and a prompt to try it on.</summary>
internal static class InitCommand
{
    private const string SampleName = "sample.prompt";

    private const string Sample =
        """
        # A prompt library: prompts are divided by ---, comments begin with #.
        1girl, hatsune miku, vocaloid, solo, long_hair, smile, night sky, masterpiece, newest, absurdres, safe
        Negative prompt: low quality, worst quality

        ---
        # kohaku lint sample.prompt   shows what the model will not understand
        # kohaku lint --fix           mends what is safe to mend
        1girl, frieren, sousou no frieren, smile, smile, staff, flower field, masterpiece, newest, safe

        """;

    private const string Configuration =
        """
        {
          "$schema": "https://raw.githubusercontent.com/KohakuLsp/KohakuLsp/main/data/schema/kohaku.schema.json",

          // The model that prompts are written for: kohaku-xl-delta or kohaku-xl-epsilon.
          "profile": "kohaku-xl-delta",

          // Whose syntax: a1111 or comfyui.
          "dialect": "a1111",

          // none, hint, info, warning or error, by name, id or the beginning of an id. All rules: kohaku explain all
          "rules": {
            // "weak-tag": "warning",
            // "KHK3": "none"
          },

          "tags": {
            // Trigger words of your networks, and others that are no tags: they count as known.
            "allow": []
          },

          // Files and folders that are passed over, beside what .gitignore and .kohakuignore name.
          "exclude": []
        }

        """;

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var folders = frame.Arguments("DIR", "The folder to write into; the current one without it", atMost: 1);
        var sample = frame.Flag("--sample", $"Write {SampleName} too: two prompts to try commands on");
        frame.Examples.Add(new("kohaku init", "a configuration for this folder and those below"));
        frame.Examples.Add(new("kohaku init --sample", "and prompts to try it on"));
        frame.Run = result => Write(session, result.GetValue(folders) is [var folder] ? folder : ".", result.GetValue(sample));
        return frame;
    }

    private static int Write(Session session, string folder, bool withSample)
    {
        var names = withSample ? new[] { ConfigurationFinder.FileName, SampleName } : [ConfigurationFinder.FileName];
        // A file that a killed run has written already is as good as one that is written now.
        var left = names.Where(name => !IsWritten(Path.Combine(session.Absolute(folder), name), Content(name))).ToList();
        foreach (var name in left.Count == 0 ? names : [.. left])
        {
            if (Path.Exists(Path.Combine(session.Absolute(folder), name))) throw new UserException($"{Shown(folder, name)}: is there already, and stays as it is", "Edit it, or move it away first");
        }

        Make(session.Absolute(folder), folder);
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        foreach (var name in left)
        {
            if (AtomicFile.Create(Path.Combine(session.Absolute(folder), name), Content(name)) is { } problem)
            {
                throw new UserException((problem with { Path = Shown(folder, name) }).ToString());
            }

            page.Write("wrote ", Ink.Faint).WriteForeign(Shown(folder, name)).Line();
        }

        page.Write("next: ", Ink.Faint).Line(withSample ? $"kohaku lint {SampleName}" : "kohaku lint, or kohaku init --sample in an empty folder");
        return ExitCode.Clean;
    }

    private static void Make(string path, string folder)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException(FileProblem.From(error, folder).ToString());
        }
    }

    private static byte[] Content(string name) => Session.Utf8.GetBytes((name == SampleName ? Sample : Configuration).ReplaceLineEndings("\n"));

    private static bool IsWritten(string path, byte[] content) =>
        TextFile.TryRead(path, out var file, out _) && Session.Utf8.GetBytes(file.Text).AsSpan().SequenceEqual(content);

    private static string Shown(string folder, string name) => folder == "." ? name : Path.Combine(folder, name);
}
