using System.Diagnostics;
using System.IO.Pipelines;
using Kohaku.Jobs.Workers;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Tests;

/// <summary>
/// A running server: inside the test process, or, where <c>KOHAKU_LSP</c> names the published program, that program over its standard streams. Both run the same scenarios.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly Process? _process;
    private readonly Task<int> _ended;

    private TestServer(Stream input, Stream output, Task<int> ended, Process? process) => (Input, Output, _ended, _process) = (input, output, ended, process);

    /// <summary>The native program, or null where servers run inside the test.</summary>
    public static string? Native { get; } = Environment.GetEnvironmentVariable("KOHAKU_LSP") is { Length: > 0 } path ? path : null;

    /// <summary>Takes what a client sends.</summary>
    public Stream Input { get; }

    /// <summary>Gives what a client gets.</summary>
    public Stream Output { get; }

    /// <summary>What the server wrote into its log.</summary>
    public List<string> Log { get; } = [];

    /// <summary>The native process's number, or null.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>The exit code, once the server has ended.</summary>
    public Task<int> Ended => _ended;

    /// <summary>Starts a server whose own data lies in a folder.</summary>
    /// <param name="dataFolder">The folder.</param>
    /// <param name="worker">Makes images; with one, the server always runs inside the test.</param>
    public static TestServer Start(string dataFolder, GenerationWorker? worker = null)
    {
        if (Native is not null && worker is null) return StartNative(Native, dataFolder);

        var (toServer, fromServer) = (new Pipe(new PipeOptions(pauseWriterThreshold: 0)), new Pipe(new PipeOptions(pauseWriterThreshold: 0)));
        var log = new List<string>();
        var surroundings = new Surroundings(name => name == "KOHAKU_DATA" ? dataFolder : null, dataFolder, line => Add(log, line));
        var server = new Server(surroundings, "0.0.0-test", line => Add(log, line), worker);
        var ended = Task.Run(async () =>
        {
            var code = await server.RunAsync(toServer.Reader.AsStream(), fromServer.Writer.AsStream());
            await fromServer.Writer.CompleteAsync();
            return code;
        });
        var started = new TestServer(toServer.Writer.AsStream(), fromServer.Reader.AsStream(), ended, null);
        started.Keep(log);
        return started;
    }

    /// <summary>Kills a native server; closes the streams of another.</summary>
    public async ValueTask DisposeAsync()
    {
        await Input.DisposeAsync();
        if (_process is { HasExited: false }) _process.Kill();
        _process?.Dispose();
    }

    /// <summary>Waits for a text in the log: a native server's comes on another way than its messages, and may come after them.</summary>
    public async Task LoggedAsync(string text)
    {
        var end = DateTime.UtcNow + TestClient.Patience;
        while (!LogText.Contains(text, StringComparison.Ordinal))
        {
            if (DateTime.UtcNow > end) throw new TimeoutException($"the log does not say `{text}`:\n{LogText}");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    private static TestServer StartNative(string program, string dataFolder)
    {
        var start = new ProcessStartInfo(program, ["lsp", "--stdio"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = dataFolder,
        };
        start.Environment["KOHAKU_DATA"] = dataFolder;
        var process = Process.Start(start)!;
        var server = new TestServer(
            process.StandardInput.BaseStream,
            process.StandardOutput.BaseStream,
            Task.Run(async () =>
            {
                await process.WaitForExitAsync();
                return process.ExitCode;
            }),
            process);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null) Add(server.Log, line.Data);
        };
        process.BeginErrorReadLine();
        return server;
    }

    private static void Add(List<string> log, string line)
    {
        lock (log) log.Add(line);
    }

    private void Keep(List<string> log) => _shared = log;

    private List<string>? _shared;

    /// <summary>The log so far.</summary>
    public string LogText
    {
        get
        {
            var log = _shared ?? Log;
            lock (log) return string.Join('\n', log);
        }
    }
}
