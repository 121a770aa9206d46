using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Session;

/// <summary>The index in use, opened once as long as it stays the one in use: a mapped file is never unmapped under those who read it.</summary>
/// <remarks>It is read from end to end in the background, once; a damaged one is then opened anew, which makes it again.</remarks>
/// <param name="surroundings">Where the store lies.</param>
/// <param name="damaged">Told, on another thread, that the index that was given out is damaged.</param>
internal sealed class TagIndexSource(Surroundings surroundings, Action damaged)
{
    private readonly Lock _gate = new();
    private readonly List<string> _said = [];
    private string? _path;
    private TagIndex? _index;
    private bool _isSuspect;

    /// <summary>The index.</summary>
    /// <param name="say">Told what was wrong with it, and what is used in its place.</param>
    /// <exception cref="TagDataException">Not even the one that ships can be read.</exception>
    public TagIndex Open(Action<string> say)
    {
        var store = TagData.StoreOf(surroundings);
        lock (_gate)
        {
            var path = store.CurrentIndexPath;
            if (_index is null || path != _path) OpenAnew(store);
            _said.ForEach(say);
            return _index!;
        }
    }

    private void OpenAnew(TagStore store)
    {
        _said.Clear();
        var index = store.Open(_said.Add, _isSuspect);
        (_index, _path, _isSuspect) = (index, store.CurrentIndexPath, false);
        _said.ForEach(surroundings.Warn);

        // What was just read, and what lies in memory, needs no second look.
        if (_said.Count == 0) _ = Task.Run(() => Check(index));
    }

    private void Check(TagIndex index)
    {
        try
        {
            index.VerifyFile();
        }
        catch (TagDataException)
        {
            lock (_gate)
            {
                if (_index != index) return;

                (_index, _isSuspect) = (null, true);
            }

            damaged();
        }
    }
}
