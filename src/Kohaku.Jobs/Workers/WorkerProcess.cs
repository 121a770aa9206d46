using System.ComponentModel;
using System.Diagnostics;

namespace Kohaku.Jobs.Workers;

/// <summary>A worker as a process of its own.</summary>
public sealed class WorkerProcess : IWorkerProcess
{
    private const int KeptLines = 6;

    private readonly Process _process;
    private readonly Queue<string> _lines = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        Ended = EndedAsync();
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <inheritdoc/>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <inheritdoc/>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <inheritdoc/>
    public Task<WorkerEnd> Ended { get; }

    /// <summary>Starts this program's own worker.</summary>
    /// <exception cref="GenerationException">It cannot be started.</exception>
    public static WorkerProcess StartOwn()
    {
        var program = Environment.ProcessPath ?? throw new GenerationException("the system does not say where this program lies, so that no worker can be started");

        // Not natively compiled, the process is the host, which wants the program as its argument.
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? Start(program, ["exec", Path.Combine(AppContext.BaseDirectory, "kohaku.dll"), "worker"])
            : Start(program, ["worker"]);
    }

    /// <summary>Starts a program as a worker.</summary>
    /// <param name="program">The program: absolute.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="GenerationException">It cannot be started.</exception>
    public static WorkerProcess Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true };
        try
        {
            return new WorkerProcess(Process.Start(start) ?? throw new GenerationException($"{program}: cannot be started"));
        }
        catch (Win32Exception refused)
        {
            throw new GenerationException($"{program}: cannot be started as the worker that makes images: {refused.Message}", inner: refused);
        }
    }

    /// <inheritdoc/>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself meanwhile.
            Debug.Assert(_process.HasExited, gone.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private async Task<WorkerEnd> EndedAsync()
    {
        // Waits for the end of its standard error too.
        await _process.WaitForExitAsync().ConfigureAwait(false);
        lock (_lines) return new WorkerEnd(_process.ExitCode, [.. _lines]);
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;

        lock (_lines)
        {
            _lines.Enqueue(line.Trim());
            if (_lines.Count > KeptLines) _lines.Dequeue();
        }
    }
}
