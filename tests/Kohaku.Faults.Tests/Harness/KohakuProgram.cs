using System.Diagnostics;
using System.Text;

namespace Kohaku.Faults.Tests.Harness;

/// <summary>What a run left behind it.</summary>
internal sealed record Run(int Code, string Output, string Error);

/// <summary>The program as a process of its own: the native one where <c>KOHAKU_NATIVE</c> names it, else the one that is built beside the tests.</summary>
internal static class KohakuProgram
{
    /// <summary>So long at most; what takes longer hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The native program, or null.</summary>
    public static string? Native { get; } = Environment.GetEnvironmentVariable("KOHAKU_NATIVE") is { Length: > 0 } path ? path : null;

    /// <summary>The program's own command line.</summary>
    public static string[] Command { get; } = Native is null ? ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "kohaku.dll")] : [Native];

    /// <summary>Starts the program in a folder of a test's own.</summary>
    public static Process Start(Scratch scratch, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null) =>
        StartAny([.. Command, .. arguments], scratch, variables);

    /// <summary>Starts any program there.</summary>
    public static Process StartAny(string[] command, Scratch scratch, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = scratch.Work,
        };
        start.Environment["KOHAKU_DATA"] = scratch.Data;
        start.Environment["KOHAKU_CACHE"] = scratch.Cache;
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs the program to its end.</summary>
    public static Run Run(Scratch scratch, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null) =>
        End(Start(scratch, arguments, variables));

    /// <summary>Runs a line of the shell in which <c>"$@"</c> is the program.</summary>
    public static Run Shell(Scratch scratch, string line) => End(StartAny(["sh", "-c", line, "sh", .. Command], scratch));

    /// <summary>Waits for a process's end.</summary>
    public static Run End(Process process)
    {
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} hangs");
            }

            return new Run(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
    }
}
