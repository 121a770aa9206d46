using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku tags check</c>: the tags in use against their checksums.</summary>
internal static class TagsCheckCommand
{
    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        frame.Run = _ => Check(session);
        return frame;
    }

    private static int Check(Session session)
    {
        var store = TagData.StoreOf(session.Surroundings);
        var isWhole = store.Check(session.Surroundings.Warn);
        using var output = session.OpenOutput();
        new Page(output, session.OutputLook).WriteForeign($"{session.Relative(store.CurrentIndexPath)}: {(isWhole ? "whole" : "was damaged; see above for what is used now")}").Line();
        return isWhole ? ExitCode.Clean : ExitCode.Findings;
    }
}
