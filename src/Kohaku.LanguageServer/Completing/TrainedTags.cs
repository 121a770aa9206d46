using System.Collections.Concurrent;
using Kohaku.Files;

namespace Kohaku.LanguageServer.Completing;

/// <summary>The tags that networks were trained on. A header is read in the background when a prompt first names its network: until then it says nothing.</summary>
internal sealed class TrainedTags
{
    private const int Most = 200;
    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<(string Tag, long Count)>>> _read = new(StringComparer.Ordinal);

    /// <summary>The tags of a network, the most frequent first; none while its header is being read.</summary>
    public IReadOnlyList<(string Tag, long Count)> Of(string path)
    {
        var reading = _read.GetOrAdd(path, static file => Task.Run(() => Read(file)));
        return reading.IsCompletedSuccessfully ? reading.Result : [];
    }

    private static IReadOnlyList<(string Tag, long Count)> Read(string path) => NetworkHeader.TryRead(path, out var header, out _) ? NetworkTags.Of(header, Most) : [];
}
