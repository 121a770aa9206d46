using Kohaku.Cli.Terminal;
using Kohaku.Jobs.Workers;
using Kohaku.LanguageServer;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku lsp</c>: the language server, over standard input and output.</summary>
internal static class LspCommand
{
    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        frame.Flag("--stdio", "Accepted, since editors pass it: there is no other way");
        frame.Text("--clientProcessId", "PID", "Accepted, since editors pass it: initialize says the same");
        frame.Examples.Add(new("kohaku lsp", "what an editor runs; docs/editors.md has the set-up of each"));
        frame.Run = _ => Serve(session);
        return frame;
    }

    private static int Serve(Session session)
    {
        // One stray byte on standard output ends the conversation.
        Console.SetOut(Console.Error);
        StandardOutput.Widen();
        var log = new ServerLog(session.Error);
        return ServeAsync(session, log).GetAwaiter().GetResult();
    }

    private static async Task<int> ServeAsync(Session session, ServerLog log)
    {
        // Nothing is started before an image is asked for.
        await using var worker = new GenerationWorker(WorkerProcess.StartOwn, session.Time);
        return await new Server(session.Surroundings with { Warn = log.Write }, Application.Version, log.Write, worker).RunAsync(session.Input(), session.Output).ConfigureAwait(false);
    }
}
