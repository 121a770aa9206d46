namespace Kohaku.Jobs.Workers;

/// <summary>
/// Makes images in a process of its own, which is started when the first is asked for, keeps its model between jobs, and ends when nobody asks for a while.
/// One job at a time; the others wait in their order.
/// </summary>
/// <param name="start">Starts a worker; throws a <see cref="GenerationException"/> where it cannot.</param>
/// <param name="time">The clock.</param>
public sealed class GenerationWorker(Func<IWorkerProcess> start, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long a worker stays without a job.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private Task _tail = Task.CompletedTask;
    private Task _ending = Task.CompletedTask;
    private WorkerSession? _session;
    private Library? _library;
    private ITimer? _idle;
    private int _jobs;
    private bool _isClosed;

    /// <summary>Makes a job's images.</summary>
    /// <param name="job">The job.</param>
    /// <param name="progress">Told of what happens, in order, all of it before this ends: <see cref="JobQueued"/> first.</param>
    /// <param name="cancellation">Takes the job out of the queue, or stops it within one operator of the model.</param>
    /// <returns>The images; each lies in its file.</returns>
    /// <exception cref="GenerationException">The job cannot be done, or the worker ended on the way; the next job starts another one.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. Images that were finished stay.</exception>
    public Task<IReadOnlyList<WrittenImage>> RunAsync(GenerationJob job, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(progress);
        return InTurnAsync(Library.Of(job.Settings), Run, ahead => progress.Report(new JobQueued(ahead)), cancellation);

        async Task<IReadOnlyList<WrittenImage>> Run(WorkerSession session, CancellationToken cancel)
        {
            var result = await session.RunAsync(job, progress, cancel).ConfigureAwait(false);
            return result.Failure is { } failure ? throw new GenerationException(failure.Message, failure.Help) : result.Images;
        }
    }

    /// <summary>The size of an image that generation may begin from, in pixels.</summary>
    /// <exception cref="GenerationException">It cannot be read, or the worker ended on the way.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<(int Width, int Height)> SizeOfAsync(string path, CancellationToken cancellation)
    {
        return InTurnAsync(null, Ask, _ => { }, cancellation);

        async Task<(int, int)> Ask(WorkerSession session, CancellationToken cancel)
        {
            var size = await session.SizeOfAsync(path, cancel).ConfigureAwait(false);
            return size.Failure is { } failure ? throw new GenerationException(failure.Message, failure.Help) : (size.Width, size.Height);
        }
    }

    /// <summary>Cancels what is left and ends the worker.</summary>
    public async ValueTask DisposeAsync()
    {
        Task tail;
        lock (_gate)
        {
            if (_isClosed) return;

            _isClosed = true;
            tail = _tail;
            StopIdling();
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await tail.ConfigureAwait(false);
        await _ending.ConfigureAwait(false);
        if (_session is { } session) await session.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task<T> InTurnAsync<T>(Library? library, Func<WorkerSession, CancellationToken, Task<T>> work, Action<int> queued, CancellationToken cancellation)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        int ahead;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            (before, _tail, ahead) = (_tail, turn.Task, _jobs++);
            StopIdling();
        }

        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        try
        {
            queued(ahead);
            await before.WaitAsync(cancel.Token).ConfigureAwait(false);
            cancel.Token.ThrowIfCancellationRequested();
            return await work(await SessionAsync(library).ConfigureAwait(false), cancel.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                if (--_jobs == 0 && !_isClosed) _idle = time.CreateTimer(_ => EndIdle(), null, IdleTime, Timeout.InfiniteTimeSpan);
            }

            // One that left the queue must not let those behind it go before those ahead of it.
            _ = before.ContinueWith(_ => turn.SetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    // A process has one library of ONNX Runtime for good, the processor's or a card's: another one is another worker.
    private async Task<WorkerSession> SessionAsync(Library? library)
    {
        await _ending.ConfigureAwait(false);
        var isOther = library is not null && _library is not null && library != _library;
        if (_session is { IsAlive: true } alive && !isOther)
        {
            _library ??= library;
            return alive;
        }

        if (_session is { } dead) await dead.DisposeAsync().ConfigureAwait(false);
        _session = null;
        _session = new WorkerSession(start(), time);
        _library = library;
        return _session;
    }

    private void EndIdle()
    {
        lock (_gate)
        {
            if (_jobs > 0 || _isClosed || _session is not { } session) return;

            _session = null;
            _ending = session.DisposeAsync().AsTask();
        }
    }

    private void StopIdling()
    {
        _idle?.Dispose();
        _idle = null;
    }

    /// <summary>What a worker chooses its library by. A folder that was put there, filled or taken away since has another time, so that a worker that fell back to the processor is not kept for that.</summary>
    private sealed record Library(DeviceKind Device, string? Folder, DateTime Changed)
    {
        public static Library Of(GeneratorSettings settings)
        {
            var folder = settings.Device is DeviceKind.Auto or DeviceKind.Cuda ? settings.GpuFolder : null;
            return new Library(settings.Device, folder, folder is null ? default : Directory.GetLastWriteTimeUtc(folder));
        }
    }
}
