namespace Kohaku.Jobs.Workers;

/// <summary>A worker that runs: its streams and its end.</summary>
public interface IWorkerProcess : IDisposable
{
    /// <summary>Takes what the worker reads; closing it ends the worker.</summary>
    public Stream Input { get; }

    /// <summary>Gives what the worker writes.</summary>
    public Stream Output { get; }

    /// <summary>Its end.</summary>
    public Task<WorkerEnd> Ended { get; }

    /// <summary>Ends it at once.</summary>
    public void Kill();
}

/// <summary>How a worker ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LastWords">The last lines of its standard error.</param>
public sealed record WorkerEnd(int ExitCode, IReadOnlyList<string> LastWords);
