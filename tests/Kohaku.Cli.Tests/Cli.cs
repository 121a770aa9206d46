using System.Text;
using Kohaku.Cli.Terminal;
using Kohaku.Jobs;

namespace Kohaku.Cli.Tests;

/// <summary>Runs the program in this process.</summary>
internal static class Cli
{
    /// <summary>What a run left behind.</summary>
    internal sealed record Result(int Code, string Output, string Error);

    /// <summary>Runs a command line.</summary>
    public static Result Run(params string[] arguments) => Run(arguments, "");

    /// <summary>Runs a command line with standard input.</summary>
    public static Result Run(string[] arguments, string input, string? directory = null, Look? look = null, string? data = null) =>
        Run(arguments, Encoding.UTF8.GetBytes(input), directory, look, data);

    /// <summary>Runs a command line with bytes on standard input.</summary>
    public static Result Run(
        string[] arguments, byte[] input, string? directory = null, Look? look = null, string? data = null, Func<IGeneratorSource>? generators = null, CancellationToken interrupt = default)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var session = new Session(
            () => new MemoryStream(input),
            output,
            error,
            name => name switch
            {
                "KOHAKU_DATA" => data ?? Path.Combine(Path.GetTempPath(), "kohaku-no-imports"),
                "KOHAKU_CACHE" => data is null ? Path.Combine(Path.GetTempPath(), "kohaku-no-cache") : Path.Combine(Path.GetDirectoryName(data)!, "cache"),
                _ => null,
            },
            look ?? Look.Plain,
            look ?? Look.Plain,
            () => false,
            directory ?? Environment.CurrentDirectory,
            TimeProvider.System,
            () => interrupt) { Generators = generators };
        var code = Application.Run(arguments, session);
        return new Result(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Runs a command line whose output someone watches.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Stream output, string directory, Func<IGeneratorSource> generators, CancellationToken interrupt) => Application.Run(
        arguments,
        new Session(() => Stream.Null, output, Stream.Null, _ => null, Look.Plain, Look.Plain, () => false, directory, TimeProvider.System, () => interrupt) { Generators = generators });
}
