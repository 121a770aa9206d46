using System.Threading.Channels;
using Kohaku.LanguageServer.Session;
using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Completing;

/// <summary>The tags that were used: read from the user's file when completion is first asked for, written in batches; neither on the way to an answer.</summary>
internal sealed class UsageMemory : IAsyncDisposable
{
    // Seen together once is chance.
    private const int LeastTogether = 2;
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Lock _file = new();
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<(string First, string Second), int> _pairs = [];
    private readonly Channel<(int Generation, Func<UsedTag> Read)> _queue = Channel.CreateUnbounded<(int, Func<UsedTag>)>();
    private readonly CancellationTokenSource _ending = new();
    private Task _writing = Task.CompletedTask;
    private TagUsage? _usage;
    private Action<string> _warn = _ => { };
    private string _workspace = "";
    private int _version;
    private int _generation;
    private int _building;
    private bool _isOff;

    /// <summary>Begins to read the file, once.</summary>
    public void Start(Snapshot snapshot)
    {
        lock (_gate)
        {
            if (_usage is not null) return;

            _warn = snapshot.Setup.Surroundings.Warn;
            _workspace = snapshot.Client.FirstFolder;
            _usage = new TagUsage(FileOf(snapshot), _warn);
            _writing = Task.Run(RunAsync);
        }
    }

    /// <summary>What was used, in the numbers of a lookup; null where nothing is known yet. A view that is behind is made anew in the background.</summary>
    public UsageView? ViewFor(SearchPool pool)
    {
        var view = pool.Usage;
        if (Volatile.Read(ref _version) != (view?.Version ?? 0) && Interlocked.Exchange(ref _building, 1) == 0)
        {
            _ = Task.Run(() =>
            {
                pool.Usage = Build(pool.Lookup);
                Volatile.Write(ref _building, 0);
            });
        }

        return view;
    }

    /// <summary>Counts a tag, in the background.</summary>
    /// <param name="used">Gives the tag and its neighbours; called later, on another thread.</param>
    public void Add(Func<UsedTag> used) => _queue.Writer.TryWrite((Volatile.Read(ref _generation), used));

    /// <summary>Forgets everything, on disk too.</summary>
    /// <exception cref="TagDataException">The file cannot be deleted.</exception>
    public void Clear(Snapshot snapshot)
    {
        lock (_file)
        {
            lock (_gate)
            {
                _tags.Clear();
                _pairs.Clear();
                _version++;
                _generation++;
            }

            (_usage ?? new TagUsage(FileOf(snapshot), _warn)).Clear();
        }
    }

    /// <summary>Writes what is not written yet.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ending.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        _ending.Dispose();
    }

    private static string FileOf(Snapshot snapshot) =>
        Path.Combine(snapshot.Client.StoragePath ?? TagData.StoreOf(snapshot.Setup.Surroundings).Folder, TagUsage.FileName);

    private async Task RunAsync()
    {
        Guarded(Read);
        var reader = _queue.Reader;
        while (await reader.WaitToReadAsync().ConfigureAwait(false))
        {
            // Several tags make one transaction; at the end nothing is waited for.
            var batch = new List<(int Generation, UsedTag Tag)>();
            Take(reader, batch);
            await Task.Delay(s_batch, _ending.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            Take(reader, batch);
            Guarded(() => Write(batch));
        }
    }

    private void Take(ChannelReader<(int Generation, Func<UsedTag> Read)> reader, List<(int Generation, UsedTag Tag)> batch)
    {
        while (reader.TryRead(out var item))
        {
            var used = item.Read();
            lock (_gate)
            {
                if (item.Generation != _generation) continue;
                _tags.Add(used.Tag);
                foreach (var other in used.Beside) Count(used.Tag, other, 1);
                _version++;
            }

            batch.Add((item.Generation, used));
        }
    }

    private void Read()
    {
        var counts = _usage!.Read(_workspace);
        lock (_gate)
        {
            _tags.UnionWith(counts.Tags);
            foreach (var pair in counts.Pairs) Count(pair.First, pair.Second, pair.Count);
            if (counts.Tags.Count + counts.Pairs.Count > 0) _version++;
        }
    }

    private void Write(List<(int Generation, UsedTag Tag)> batch)
    {
        // What was cleared meanwhile must not come back.
        lock (_file)
        {
            batch.RemoveAll(item => item.Generation != _generation);
            if (batch.Count > 0 && !_isOff) _usage!.Add(_workspace, [.. batch.Select(item => item.Tag)]);
        }
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (TagDataException error)
        {
            _isOff = true;
            _warn(error.Message);
        }
    }

    private UsageView Build(TagLookup lookup)
    {
        lock (_gate)
        {
            var used = new HashSet<TagId>(_tags.Count);
            foreach (var name in _tags)
                if (lookup.TryFind(name, out var match)) used.Add(match.Tag);

            var beside = new Dictionary<TagId, List<TagId>>();
            foreach (var ((first, second), count) in _pairs)
            {
                if (count < LeastTogether || !lookup.TryFind(first, out var one) || !lookup.TryFind(second, out var other)) continue;
                Put(one.Tag, other.Tag);
                Put(other.Tag, one.Tag);
            }

            return new UsageView(_version, used, beside.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));

            void Put(TagId from, TagId to)
            {
                if (!beside.TryGetValue(from, out var list)) beside[from] = list = [];
                list.Add(to);
            }
        }
    }

    private void Count(string tag, string other, int count)
    {
        var order = string.CompareOrdinal(tag, other);
        if (order == 0) return;
        var key = order < 0 ? (tag, other) : (other, tag);
        _pairs[key] = _pairs.GetValueOrDefault(key) + count;
    }
}
