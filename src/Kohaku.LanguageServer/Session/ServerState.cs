using System.Collections.Immutable;
using Kohaku.LanguageServer.Documents;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Session;

/// <summary>Holds the snapshot in use. Only notifications and reloads change it; each change is one replacement.</summary>
internal sealed class ServerState
{
    private readonly Lock _gate = new();
    private readonly Surroundings _surroundings;
    private readonly TagIndexSource _index;
    private Snapshot _current;

    /// <summary>A state before <c>initialize</c>.</summary>
    public ServerState(Surroundings surroundings)
    {
        _surroundings = surroundings;
        _index = new TagIndexSource(surroundings, () => TagsDamaged?.Invoke());
        _current = new Snapshot(
            ClientFacts.None,
            new Setup(surroundings, _index, EditorSettings.Default, isTrusted: true),
            ImmutableDictionary<string, Document>.Empty,
            []);
    }

    /// <summary>Where the server stands.</summary>
    public ServerPhase Phase { get; set; }

    /// <summary>The snapshot in use.</summary>
    public Snapshot Current => Volatile.Read(ref _current);

    /// <summary>Told of each replacement, in order: the snapshot before and the one after. Must be quick and must not throw.</summary>
    public event Action<Snapshot, Snapshot>? Changed;

    /// <summary>Told, on a thread of its own, that the tags in use are damaged: a reload makes them again.</summary>
    public event Action? TagsDamaged;

    /// <summary>Replaces the snapshot.</summary>
    public Snapshot Change(Func<Snapshot, Snapshot> change)
    {
        lock (_gate)
        {
            var before = _current;
            var next = change(before);
            Volatile.Write(ref _current, next);
            Changed?.Invoke(before, next);
            return next;
        }
    }

    /// <summary>Reads configuration and tags anew, under these settings of the editor or those that hold.</summary>
    public Snapshot Reload(EditorSettings? editor = null, bool? isTrusted = null) => Change(snapshot => snapshot with
    {
        Setup = new Setup(_surroundings, _index, editor ?? snapshot.Setup.Editor, isTrusted ?? snapshot.Setup.IsTrusted),
    });
}

/// <summary>Where a server stands in its life.</summary>
internal enum ServerPhase
{
    /// <summary>Before <c>initialize</c>.</summary>
    Started,

    /// <summary>Answers requests.</summary>
    Running,

    /// <summary>After <c>shutdown</c>: only <c>exit</c> is to come.</summary>
    ShutDown,
}
