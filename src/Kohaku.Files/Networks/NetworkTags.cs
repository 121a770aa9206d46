using System.Text.Json;

namespace Kohaku.Files;

/// <summary>The tags that a network was trained on, as trainers note them in its header (<c>ss_tag_frequency</c>, kohya-ss/sd-scripts).</summary>
public static class NetworkTags
{
    private const string Key = "ss_tag_frequency";

    /// <summary>The tags, the most frequent first; none where the header does not say.</summary>
    /// <param name="header">The header.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<(string Tag, long Count)> Of(NetworkHeader header, int most)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.Metadata.TryGetValue(Key, out var json) ? Read(json, most) : [];
    }

    private static List<(string Tag, long Count)> Read(string json, int most)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return [];

            // One object for each folder of the data set.
            foreach (var folder in document.RootElement.EnumerateObject())
            {
                if (folder.Value.ValueKind != JsonValueKind.Object) continue;
                foreach (var tag in folder.Value.EnumerateObject())
                {
                    var name = tag.Name.Trim();
                    if (name.Length == 0 || tag.Value.ValueKind != JsonValueKind.Number || !tag.Value.TryGetInt64(out var count) || count <= 0) continue;
                    counts[name] = counts.GetValueOrDefault(name) + Math.Min(count, int.MaxValue);
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // What the trainer wrote is no JSON: the network works all the same.
            return [];
        }

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(most).Select(pair => (pair.Key, pair.Value))];
    }
}
