namespace Kohaku.LanguageServer.Transport;

/// <summary>
/// Collects garbage when nobody waits, and long before the runtime would: its budget for new objects is what streams of the command line want,
/// more than all documents of an editor take.
/// </summary>
internal sealed class HeapBudget : IDisposable
{
    private const long LeastYoung = 12 << 20;
    private const long WorthAPause = 2 << 20;
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(400);

    private readonly Timer _timer;
    private long _young = LeastYoung;
    private long _youngAt;
    private long _allAt;

    /// <summary>A budget with nothing spent.</summary>
    /// <param name="trim">Lets go of what is kept for speed alone, before all is collected.</param>
    public HeapBudget(Action trim) => _timer = new Timer(_ => CollectAll(trim));

    /// <summary>An answer has gone out, and the client is busy with it.</summary>
    public void Spend()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - Volatile.Read(ref _allAt) >= WorthAPause) _timer.Change(s_quiet, Timeout.InfiniteTimeSpan);
        if (allocated - Volatile.Read(ref _youngAt) < Volatile.Read(ref _young)) return;

        GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        Spent();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // What is free goes back to the system: an editor stays open all day.
    private void CollectAll(Action trim)
    {
        trim();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Spent();
        Volatile.Write(ref _allAt, Volatile.Read(ref _youngAt));
    }

    // What lives may double: a document of 1 MB makes 2 MB of garbage with every key.
    private void Spent()
    {
        Volatile.Write(ref _youngAt, GC.GetTotalAllocatedBytes());
        Volatile.Write(ref _young, Math.Max(LeastYoung, GC.GetTotalMemory(forceFullCollection: false)));
    }
}
