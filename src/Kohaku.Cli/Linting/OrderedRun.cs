namespace Kohaku.Cli.Linting;

/// <summary>Runs work on several threads and hands its results over in the order of the input.</summary>
/// <remarks>No thread waits for another: whoever finishes the batch that is next hands over all that are ready behind it.</remarks>
/// <typeparam name="TItem">What is worked on.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal sealed class OrderedRun<TItem, TResult>(IEnumerable<TItem> items, Func<Func<TItem, TResult>> makeWorker, Action<TResult> handOver, CancellationToken cancel)
{
    private const int BatchSize = 16;

    private readonly Lock _input = new();
    private readonly Lock _output = new();
    private readonly Dictionary<int, TResult[]> _ready = [];
    private readonly IEnumerator<TItem> _items = items.GetEnumerator();
    private int _taken;
    private int _next;
    private bool _exhausted;
    private Exception? _failure;

    /// <summary>Works until the input ends.</summary>
    /// <param name="jobs">Threads, this one among them.</param>
    public void Run(int jobs)
    {
        var first = Take(out _);
        // A thread costs more than a file: most runs are one file.
        var threads = new List<Thread>();
        for (var i = 1; i < jobs && first.Length == BatchSize; i++)
        {
            var thread = new Thread(() => Work([], -1), MaximumStack) { IsBackground = true, Name = "lint" };
            thread.Start();
            threads.Add(thread);
        }

        Work(first, 0);
        foreach (var thread in threads) thread.Join();
        _items.Dispose();
        if (_failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        cancel.ThrowIfCancellationRequested();
    }

    private const int MaximumStack = 1 << 20;

    private void Work(TItem[] batch, int number)
    {
        try
        {
            var worker = makeWorker();
            if (number < 0) batch = Take(out number);
            while (batch.Length > 0)
            {
                var results = new TResult[batch.Length];
                for (var i = 0; i < batch.Length; i++) results[i] = worker(batch[i]);
                HandOver(number, results);
                batch = Take(out number);
            }
        }
#pragma warning disable CA1031 // It is thrown again on the thread that called Run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            lock (_input)
            {
                _failure ??= failure;
                _exhausted = true;
            }
        }
    }

    private TItem[] Take(out int number)
    {
        lock (_input)
        {
            number = _taken;
            var batch = new List<TItem>(BatchSize);
            while (!_exhausted && batch.Count < BatchSize && !cancel.IsCancellationRequested)
            {
                if (_items.MoveNext()) batch.Add(_items.Current);
                else _exhausted = true;
            }

            _taken++;
            return [.. batch];
        }
    }

    private void HandOver(int number, TResult[] results)
    {
        lock (_output)
        {
            _ready.Add(number, results);
            while (_ready.Remove(_next, out var next))
            {
                _next++;
                foreach (var result in next) handOver(result);
            }
        }
    }
}
