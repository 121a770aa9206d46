using Kohaku.LanguageServer.Session;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary>Makes the search pool of a document ready when it is opened or the configuration changes: a list of translations takes longer to read than a key stroke may.</summary>
internal sealed class Warming(SearchPools pools)
{
    /// <summary>Told of a change of the state.</summary>
    public void Changed(Snapshot before, Snapshot after)
    {
        var isOpened = after.Documents.Count > before.Documents.Count;
        if (after.Documents.IsEmpty || (!isOpened && ReferenceEquals(before.Setup, after.Setup))) return;

        foreach (var path in after.Documents.Keys)
            if (!ReferenceEquals(before.Setup, after.Setup) || !before.Documents.ContainsKey(path)) _ = Task.Run(() => Warm(after, path));
    }

    private void Warm(Snapshot snapshot, string path)
    {
        try
        {
            pools.For(snapshot, path).Rent().Dispose();
        }
        catch (TagDataException)
        {
            // No tags at all: the request that needs them says so.
            return;
        }
    }
}
