using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>What answers held that later requests send back: items, links, actions, names of results. The newest of each kind.</summary>
internal sealed class Kept
{
    private const int Most = 40;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<JsonNode>> _kinds = [];

    /// <summary>Keeps what a kind's answer holds, but for what holds half a character: .NET reads it as it came and cannot write it again.</summary>
    public void Keep(string kind, IEnumerable<JsonNode?> items)
    {
        lock (_gate)
        {
            if (!_kinds.TryGetValue(kind, out var kept)) _kinds[kind] = kept = [];
            kept.AddRange(items.OfType<JsonNode>().Take(Most).Where(item => !FreshServer.Raw(item).Contains("\\ud", StringComparison.OrdinalIgnoreCase)).Select(item => item.DeepClone()));
            if (kept.Count > Most) kept.RemoveRange(0, kept.Count - Most);
        }
    }

    /// <summary>One of a kind, or null where none came yet.</summary>
    public JsonNode? Any(string kind, int number)
    {
        lock (_gate) return _kinds.TryGetValue(kind, out var kept) && kept.Count > 0 ? kept[number % kept.Count].DeepClone() : null;
    }

    /// <summary>All of a kind.</summary>
    public JsonArray All(string kind)
    {
        lock (_gate) return [.. _kinds.TryGetValue(kind, out var kept) ? kept.Select(item => item.DeepClone()) : []];
    }
}
