using System.Runtime.InteropServices;
using Kohaku.Cli.Terminal;
using Kohaku.Generation.Pipeline;

namespace Kohaku.Cli;

/// <summary>The process: real streams around <see cref="Application"/>.</summary>
internal static class Program
{
    private static readonly CancellationTokenSource Interrupted = new();
    private static PosixSignalRegistration? _interrupt;

    private static int Main(string[] arguments)
    {
        if (CurrentDirectory() is not { } directory)
        {
            using var error = new StreamWriter(Console.OpenStandardError());
            error.Write("error: the current folder is gone, or may not be read\n  = Change into another one, and run again\n");
            return Commands.ExitCode.Failed;
        }

        Session? session = null;
        session = new Session(
            Console.OpenStandardInput,
            StandardOutput.Open(),
            Console.OpenStandardError(),
            Environment.GetEnvironmentVariable,
            Look.From(!Console.IsOutputRedirected, Environment.GetEnvironmentVariable, TerminalWidth),
            Look.From(!Console.IsErrorRedirected, Environment.GetEnvironmentVariable, TerminalWidth),
            () => !Console.IsInputRedirected,
            directory,
            TimeProvider.System,
            StopOnInterrupt)
        {
            Generators = () => new GeneratorSource(session!.Surroundings, ShippedFiles.OpenClip),
        };
        return Application.Run(arguments, session);
    }

    // All paths are told from there: without it none could be found, or another one would.
    private static string? CurrentDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Only when a command asks: the signal's thread costs a start more than a lint of one file.
    private static CancellationToken StopOnInterrupt()
    {
        _interrupt ??= PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            Interrupted.Cancel();
        });
        return Interrupted.Token;
    }

    private static int TerminalWidth() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) ? columns : Console.WindowWidth;
}
