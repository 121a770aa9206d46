using Kohaku.Analysis.Text;

namespace Kohaku.Analysis.Linting;

/// <summary>What is known of a network file.</summary>
/// <param name="IsForModel">Whether it was trained for the family of the profile's model (SDXL); null where its header does not say.</param>
/// <param name="BaseName">What its header calls the model it was trained for, or null.</param>
/// <param name="Path">Where the file lies, for those who show more of its header; null where nobody may read it.</param>
public sealed record NetworkFacts(bool? IsForModel, string? BaseName, string? Path = null);

/// <summary>The networks that a prompt may name.</summary>
public sealed class NetworkCatalog
{
    private readonly Dictionary<string, NetworkFacts?>.AlternateLookup<ReadOnlySpan<char>> _facts;
    private readonly IReadOnlyCollection<string> _names;
    private readonly Func<string, NetworkFacts> _read;
    private readonly Lock _gate = new();

    /// <summary>Networks by name.</summary>
    /// <param name="names">The files' names without extension.</param>
    /// <param name="read">Gives what the header of one says; asked at most once a name, and only for names that prompts use.</param>
    public NetworkCatalog(IReadOnlyCollection<string> names, Func<string, NetworkFacts> read)
    {
        ArgumentNullException.ThrowIfNull(names);
        (_names, _read) = (names, read);
        var facts = new Dictionary<string, NetworkFacts?>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names) facts.TryAdd(name, null);
        _facts = facts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Finds a network, in any case as the file systems of most users do.</summary>
    public bool TryFind(ReadOnlySpan<char> name, out NetworkFacts facts)
    {
        lock (_gate)
        {
            if (!_facts.TryGetValue(name, out var actual, out var known))
            {
                facts = new NetworkFacts(null, null);
                return false;
            }

            facts = known ?? (_facts[name] = _read(actual));
            return true;
        }
    }

    /// <summary>The name that is nearest to one that does not exist, or null.</summary>
    public string? Nearest(string name) => EditDistance.Nearest(name, _names);
}
