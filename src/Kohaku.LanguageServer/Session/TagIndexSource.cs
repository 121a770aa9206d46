using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Session;

/// <summary>The index in use, opened once as long as it stays the one in use: a mapped file is never unmapped under those who read it.</summary>
internal sealed class TagIndexSource(Surroundings surroundings)
{
    private readonly Lock _gate = new();
    private string? _path;
    private TagIndex? _index;

    /// <summary>The index.</summary>
    /// <exception cref="TagDataException">Not even the one that ships can be read.</exception>
    public TagIndex Open()
    {
        var store = TagData.StoreOf(surroundings);
        lock (_gate)
        {
            var path = store.CurrentIndexPath;
            if (_index is not null && path == _path) return _index;

            _index = store.Open(surroundings.Warn);
            _path = path;
            return _index;
        }
    }
}
