namespace Kohaku.LanguageServer.Dispatch;

/// <summary>
/// Does work that may last, in the order it came, one piece at a time and on a thread of its own. The process's threads, of which there are as few as processors,
/// are for what is answered at once: some requests over a whole workspace would take them all, and a key stroke would wait for the last of them.
/// </summary>
/// <param name="name">Names its thread to whoever looks for a fault.</param>
internal sealed class Lane(string name)
{
    private readonly Lock _gate = new();
    private readonly Queue<Piece> _waiting = new();
    private bool _isTaken;

    /// <summary>Does a piece of work behind those that came before.</summary>
    /// <param name="work">The work; stops by itself when <paramref name="cancel"/> says so.</param>
    /// <param name="cancel">While the work waits, it is answered to at once.</param>
    public async Task<object?> RunAsync(Func<object?> work, CancellationToken cancel)
    {
        var piece = new Piece(work, cancel);
        Enter(piece);
        await using var registration = cancel.UnsafeRegister(static piece => ((Piece)piece!).GiveUp(), piece).ConfigureAwait(false);
        return await piece.Done.ConfigureAwait(false);
    }

    private void Enter(Piece piece)
    {
        lock (_gate)
        {
            _waiting.Enqueue(piece);
            if (_isTaken) return;

            _isTaken = true;
        }

        new Thread(Work) { IsBackground = true, Name = name }.Start();
    }

    // A thread for as long as there is work: most sessions never ask for any.
    private void Work()
    {
        while (Next() is { } piece) piece.Run();
    }

    private Piece? Next()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var piece)) return piece;

            _isTaken = false;
            return null;
        }
    }

    private sealed class Piece(Func<object?> work, CancellationToken cancel)
    {
        private readonly TaskCompletionSource<object?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Whoever takes it, to do it or to give it up, takes it alone. What it holds on to, a whole snapshot, goes with it.
        private Func<object?>? _work = work;

        public Task<object?> Done => _done.Task;

        public void GiveUp()
        {
            if (Interlocked.Exchange(ref _work, null) is not null) _done.SetCanceled(cancel);
        }

        public void Run()
        {
            if (Interlocked.Exchange(ref _work, null) is not { } work) return;

            try
            {
                _done.SetResult(work());
            }
            catch (OperationCanceledException stopped)
            {
                _done.SetCanceled(stopped.CancellationToken);
            }
#pragma warning disable CA1031 // Whoever waits for the piece is told; thrown on, it would end the process.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _done.SetException(failure);
            }
        }
    }
}
