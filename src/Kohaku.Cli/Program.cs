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
        Session? session = null;
        session = new Session(
            Console.OpenStandardInput,
            StandardOutput.Open(),
            Console.OpenStandardError(),
            Environment.GetEnvironmentVariable,
            Look.From(!Console.IsOutputRedirected, Environment.GetEnvironmentVariable, TerminalWidth),
            Look.From(!Console.IsErrorRedirected, Environment.GetEnvironmentVariable, TerminalWidth),
            () => !Console.IsInputRedirected,
            Environment.CurrentDirectory,
            TimeProvider.System,
            StopOnInterrupt)
        {
            Generators = () => new GeneratorSource(session!.Surroundings, ShippedFiles.OpenClip),
        };
        return Application.Run(arguments, session);
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
