using System.Globalization;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Colouring;

/// <summary>The last tokens that were sent of each open document, for deltas.</summary>
internal sealed class TokenResults
{
    // Of a document of 1 MB this is some 2 MB; beyond so many documents the client is sent all tokens again.
    private const int Kept = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Id, int[] Data)> _last = new(StringComparer.Ordinal);
    private long _lastId;

    /// <summary>Keeps a document's tokens.</summary>
    /// <returns>The name of the result.</returns>
    public string Keep(Snapshot snapshot, string path, int[] data)
    {
        lock (_gate)
        {
            foreach (var known in _last.Keys)
                if (!snapshot.Documents.ContainsKey(known)) _last.Remove(known);
            if (_last.Count >= Kept && !_last.ContainsKey(path)) _last.Remove(_last.Keys.First());
            var id = (++_lastId).ToString(CultureInfo.InvariantCulture);
            _last[path] = (id, data);
            return id;
        }
    }

    /// <summary>The tokens of a result, if it is the document's last.</summary>
    public int[]? Find(string path, string id)
    {
        lock (_gate) return _last.TryGetValue(path, out var last) && last.Id == id ? last.Data : null;
    }
}
