using Kohaku.Cli.Terminal;
using Kohaku.Generation.Worker;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku worker</c>: makes images for the language server, which starts it.</summary>
internal static class WorkerCommand
{
    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        frame.Run = _ => Serve(session);
        return frame;
    }

    private static int Serve(Session session)
    {
        // One stray byte on standard output ends the conversation.
        Console.SetOut(Console.Error);
        StandardOutput.Widen();
        var log = new ServerLog(session.Error);
        var generators = session.Generators?.Invoke() ?? throw new UserException("this program was built without the part that makes images", "Install a complete one");

        // Whoever started it ends it: Ctrl-C in a terminal goes to the whole group.
        session.StopOnInterrupt();
        return new WorkerHost(generators, log.Write).RunAsync(session.Input(), session.Output).GetAwaiter().GetResult() ? ExitCode.Clean : ExitCode.Failed;
    }
}
