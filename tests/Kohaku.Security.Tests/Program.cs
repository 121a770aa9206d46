using System.Diagnostics;
using System.Text;

namespace Kohaku.Security.Tests;

/// <summary>What a run left behind.</summary>
internal sealed record Outcome(int Code, string Output, string Error);

/// <summary>The program as a process of its own: the native one where <c>KOHAKU_NATIVE</c> names it, else the one that was built with the tests.</summary>
internal static class Program
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>What a shell would write in front of the program's arguments.</summary>
    public static IReadOnlyList<string> Command { get; } = Environment.GetEnvironmentVariable("KOHAKU_NATIVE") is { Length: > 0 } native
        ? [native]
        : ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "kohaku.dll")];

    /// <summary>How the process is started.</summary>
    /// <param name="folder">Its current directory; imported tags and merged models lie in it too.</param>
    /// <param name="around">A program with its arguments that runs it: <c>strace</c>, <c>unshare</c>, <c>faketime</c>.</param>
    /// <param name="environment">Variables besides its own; null takes one away.</param>
    /// <param name="arguments">The command line.</param>
    public static ProcessStartInfo Start(string folder, IEnumerable<string> around, IEnumerable<(string Name, string? Value)> environment, params IEnumerable<string> arguments)
    {
        string[] all = [.. around, .. Command, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false), StandardErrorEncoding = new UTF8Encoding(false), StandardInputEncoding = new UTF8Encoding(false),
        };
        foreach (var name in (string[])["LC_ALL", "LC_CTYPE", "LANG", "TZ", "NO_COLOR", "FORCE_COLOR", "KOHAKU_GPU_LIBRARY"]) start.Environment.Remove(name);
        start.Environment["KOHAKU_DATA"] = Path.Combine(folder, ".data");
        start.Environment["KOHAKU_CACHE"] = Path.Combine(folder, ".cache");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return start;
    }

    /// <summary>Runs a command line in a folder.</summary>
    public static Outcome Run(string folder, params string[] arguments) => Run(Start(folder, [], [], arguments));

    /// <summary>Runs what was made ready, with a text on its standard input.</summary>
    public static Outcome Run(ProcessStartInfo start, string input = "")
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var written = WriteAsync(process, input);
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', start.ArgumentList)} did not end");
        }

        written.GetAwaiter().GetResult();
        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all; its exit code is what a test looks at.
        }
    }
}
