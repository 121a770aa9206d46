using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Kohaku.Benchmarks;

/// <summary><c>kohaku lint --watch</c> over a large library: how long from a change to the end of what is said about it. Every file is put back.</summary>
/// <param name="output">Takes rows of a Markdown table.</param>
/// <param name="program">The native <c>kohaku</c>.</param>
/// <param name="library">Folders of <c>.prompt</c> files.</param>
internal sealed partial class WatchFigures(TextWriter output, string program, string library)
{
    private const int Many = 1000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    private readonly BlockingCollection<(long At, string Line)> _said = [];

    /// <summary>Measures.</summary>
    public void Run()
    {
        var files = Directory.GetFiles(library, "*.prompt", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        var prompts = PromptsOf(File.ReadAllText(files[0]));
        var start = Stopwatch.GetTimestamp();
        // What runs in the background of a shell inherits that Ctrl-C is ignored.
        using var process = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", program, "lint", "--watch", "--format", "concise", library]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null) _said.Add((Stopwatch.GetTimestamp(), line.Data));
        };
        process.BeginErrorReadLine();
        var draining = Task.Run(() => process.StandardOutput.BaseStream.CopyTo(Stream.Null));
        Until(line => line.StartsWith("watching ", StringComparison.Ordinal), start, out var ready);
        Row($"--watch: start → all linted and watched", $"{ready / 1000:F1} s, memory {Memory(process):F0} MiB");

        var text = File.ReadAllText(files[0]);
        start = Stopwatch.GetTimestamp();
        File.WriteAllText(files[0], text + ", long_hair");
        Linted(prompts, start, out var one);
        Row($"one file changed → told", $"{one:F0} ms, of which 120 ms are waited for more");

        var some = files.Take(Many).ToDictionary(file => file, File.ReadAllText);
        var all = some.Values.Sum(PromptsOf);
        start = Stopwatch.GetTimestamp();
        foreach (var (file, before) in some) File.WriteAllText(file, before + "\n");
        var written = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Linted(all, start, out var many);
        Row($"{Many} files changed at once → all told", $"{many:F0} ms; writing them took {written:F0} ms");

        var folder = Directory.CreateDirectory(library + "-moved").FullName;
        for (var i = 0; i < Many; i++) File.WriteAllText(Path.Combine(folder, $"{i}.prompt"), some.Values.ElementAt(i));
        var inside = Path.Combine(library, "moved");
        start = Stopwatch.GetTimestamp();
        Directory.Move(folder, inside);
        Linted(all, start, out var moved);
        Row($"a folder of {Many} files moved in → all told", $"{moved:F0} ms");

        // Nothing is said of what is gone; the next change is.
        Directory.Move(inside, folder);
        start = Stopwatch.GetTimestamp();
        foreach (var (file, before) in some) File.WriteAllText(file, before);
        Linted(all, start, out var after);
        Row($"the folder removed and {Many} files changed back → all told", $"{after:F0} ms, memory {Memory(process):F0} MiB, at most {Peak(process):F0}");
        Directory.Delete(folder, recursive: true);

        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])) kill.WaitForExit();
        process.WaitForExit();
        draining.Wait();
        if (process.ExitCode != 0) throw new InvalidOperationException($"--watch ended with {process.ExitCode}");
    }

    // Changes that come in several goes are told in several.
    private void Linted(int prompts, long start, out double milliseconds)
    {
        var seen = 0;
        Until(
            line =>
            {
                if (Count().Match(line) is { Success: true } match) seen += int.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
                return seen >= prompts;
            },
            start,
            out milliseconds);
    }

    private void Until(Func<string, bool> isLast, long start, out double milliseconds)
    {
        while (_said.TryTake(out var said, s_patience))
        {
            if (!isLast(said.Line)) continue;

            milliseconds = Stopwatch.GetElapsedTime(start, said.At).TotalMilliseconds;
            return;
        }

        throw new TimeoutException("kohaku lint --watch said nothing more");
    }

    private static int PromptsOf(string text) => text.Split("\n---\n").Length;

    private static double Memory(Process process) => Status(process, "VmRSS:");

    private static double Peak(Process process) => Status(process, "VmHWM:");

    private static double Status(Process process, string figure) =>
        double.Parse(File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(figure, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    private void Row(string what, FormattableString measured) => output.Write($"| {what} | {measured.ToString(CultureInfo.InvariantCulture)} |\n");

    // "3 findings in 2 of 10 prompts (…)", "10 prompts clean (…)"
    [GeneratedRegex(@"([\d,]+) prompts?\b")]
    private static partial Regex Count();
}
