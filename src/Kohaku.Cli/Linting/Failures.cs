using Kohaku.Cli.Reporters;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Linting;

/// <summary>Files that could not be read or written, in words.</summary>
internal static class Failures
{
    /// <summary>A file's problem as a failure of the run.</summary>
    public static Failure Of(FileProblem problem) => new(problem.Path, problem.Message, problem.Line, problem.Column);

    /// <summary>Writes one to standard error.</summary>
    public static void Write(Session session, Failure failure)
    {
        using var output = session.OpenError();
        var page = new Page(output, session.ErrorLook);
        page.Write("error", Ink.Error).Write(": ").WriteForeign($"{failure.Place}: {failure.Message}").Line();
    }
}
