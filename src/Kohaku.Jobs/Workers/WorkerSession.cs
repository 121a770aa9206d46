using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamJsonRpc;

namespace Kohaku.Jobs.Workers;

/// <summary>One worker, from its start to its end. Takes one call at a time.</summary>
internal sealed class WorkerSession : IAsyncDisposable
{
    /// <summary>How long a worker has to end, or to stop a job, before it is killed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IWorkerProcess _process;
    private readonly TimeProvider _time;
    private readonly WorkerConnection _connection;
    private readonly Lock _gate = new();
    private IProgress<GenerationEvent>? _progress;
    private int _id;
    private int _taken;
    private int _awaited = -1;
    private TaskCompletionSource? _allTaken;

    /// <summary>Begins to talk to a worker.</summary>
    public WorkerSession(IWorkerProcess process, TimeProvider time)
    {
        (_process, _time) = (process, time);
        _connection = new WorkerConnection(process.Output, process.Input);
        _connection.Handle(WorkerMethods.Event, TakeAsync);
        _connection.StartListening();
    }

    /// <summary>Whether it can be asked.</summary>
    public bool IsAlive => !_connection.Completion.IsCompleted && !_process.Ended.IsCompleted;

    /// <summary>Makes a job's images.</summary>
    /// <returns>How it ended, after all its events were told.</returns>
    /// <exception cref="GenerationException">The worker ended on the way.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<RunResult> RunAsync(GenerationJob job, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        int id;
        lock (_gate) (id, _progress, _taken, _awaited, _allTaken) = (++_id, progress, 0, -1, null);
        try
        {
            var parameters = new Dictionary<string, object?> { ["id"] = id, ["job"] = job };
            var types = new Dictionary<string, Type> { ["id"] = typeof(int), ["job"] = typeof(GenerationJob) };
            var result = await AskAsync(WorkerMethods.Run, parameters, types, WorkerJson.Default.RunResult, cancellation).ConfigureAwait(false);
            await Task.WhenAny(AllTakenAsync(result.Events), _connection.Completion).ConfigureAwait(false);
            if (result.IsCancelled) throw new OperationCanceledException(cancellation);
            return result;
        }
        finally
        {
            lock (_gate) _progress = null;
        }
    }

    /// <summary>The size of an image.</summary>
    /// <exception cref="GenerationException">The worker ended on the way.</exception>
    public Task<ImageSizeResult> SizeOfAsync(string path, CancellationToken cancellation) => AskAsync(
        WorkerMethods.ImageSize, new() { ["path"] = path }, new() { ["path"] = typeof(string) }, WorkerJson.Default.ImageSizeResult, cancellation);

    /// <summary>Lets the worker end; kills it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _process.Input.DisposeAsync().ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task<T> AskAsync<T>(string method, Dictionary<string, object?> parameters, Dictionary<string, Type> types, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        ITimer? deadline = null;
        try
        {
            using var watch = cancellation.Register(() => deadline = _time.CreateTimer(_ => _process.Kill(), null, Patience, Timeout.InfiniteTimeSpan));
            var answer = await _connection.InvokeWithParameterObjectAsync<JsonElement>(method, parameters, types, cancellation).ConfigureAwait(false);
            return answer.Deserialize(type)!;
        }
        catch (Exception lost) when (lost is ConnectionLostException or ObjectDisposedException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Failure(await EndAsync().ConfigureAwait(false), lost);
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    private static GenerationException Failure(WorkerEnd end, Exception lost)
    {
        var words = end.LastWords.Count == 0 ? "" : $": {string.Join(" / ", end.LastWords)}";
        return new GenerationException(
            $"the worker that makes images ended unexpectedly with exit code {end.ExitCode}{words}",
            "Generate again: a new worker is started. If it ends again, take a smaller size, or the CPU as the device",
            lost);
    }

    private async Task<WorkerEnd> EndAsync()
    {
        try
        {
            return await _process.Ended.WaitAsync(Patience, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            return await _process.Ended.ConfigureAwait(false);
        }
    }

    private Task<object?> TakeAsync(JsonElement parameters, CancellationToken cancellation)
    {
        var said = parameters.Deserialize(WorkerJson.Default.WorkerEvent)!;
        IProgress<GenerationEvent>? progress;
        lock (_gate) progress = said.Id == _id ? _progress : null;
        if (progress is null) return Task.FromResult<object?>(null);

        progress.Report(said.Event);
        lock (_gate)
        {
            _taken++;
            if (_taken == _awaited) _allTaken!.TrySetResult();
        }

        return Task.FromResult<object?>(null);
    }

    // The answer may overtake the last events on the way through this process, though not on the wire.
    private Task AllTakenAsync(int events)
    {
        lock (_gate)
        {
            if (_taken >= events) return Task.CompletedTask;

            _awaited = events;
            _allTaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _allTaken.Task;
        }
    }
}
