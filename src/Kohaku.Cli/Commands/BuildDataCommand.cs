using Kohaku.Cli.Linting;
using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Syntax.Tokens;
using Kohaku.Tags;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku build-data</c>: makes the files that a start maps into memory. The build runs it; nobody else needs to.</summary>
internal static class BuildDataCommand
{
    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var from = frame.Text("--from", "DIR", "The data of the sources");
        var to = frame.Text("--to", "DIR", "The folder to write into");
        frame.Run = result => Make(
            session.Absolute(result.GetValue(from) ?? throw new UserException("--from is missing")),
            session.Absolute(result.GetValue(to) ?? throw new UserException("--to is missing")));
        return frame;
    }

    private static int Make(string from, string to)
    {
        try
        {
            ShippedData.Build(Path.Combine(from, "tags"), to);
        }
        catch (TagDataException failure)
        {
            throw new UserException(failure.Message);
        }

        var clip = Path.Combine(from, "clip");
        var table = ClipTable.Build(
            File.ReadAllBytes(Path.Combine(clip, "merges.txt")),
            File.ReadAllBytes(Path.Combine(clip, "unicode.tsv")),
            File.ReadAllBytes(Path.Combine(clip, "entities.tsv")));
        var problem = AtomicFile.Write(Path.Combine(to, ShippedFiles.ClipName), table);
        return problem is null ? ExitCode.Clean : throw new UserException(problem.ToString());
    }
}
