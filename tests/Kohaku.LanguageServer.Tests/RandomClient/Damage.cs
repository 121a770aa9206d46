using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>Parameters that are not what a method takes: one value of them is something else, or missing.</summary>
internal static class Damage
{
    private static readonly string[] s_values = ["null", "7", "-1", "1e99", "\"x\"", "\"\"", "[]", "{}", "true", "[[[]]]", "{\"line\":-1,\"character\":99999999999}", "\"file:///\"", "\"%\""];

    /// <summary>Breaks parameters.</summary>
    /// <returns>What is sent in their place; null to send none at all.</returns>
    public static JsonNode? Of(JsonObject parameters, Random random)
    {
        var places = new List<(JsonNode Parent, object Key)>();
        Collect(parameters, places);
        var at = random.Next(places.Count + 1);
        var value = s_values[random.Next(s_values.Length)];
        var isMissing = random.Next(4) == 0;
        if (at == places.Count) return isMissing ? null : JsonNode.Parse(value);

        var (parent, key) = places[at];
        if (parent is JsonObject inner && isMissing) inner.Remove((string)key);
        else if (parent is JsonObject outer) outer[(string)key] = JsonNode.Parse(value);
        else ((JsonArray)parent)[(int)key] = JsonNode.Parse(value);
        return parameters;
    }

    private static void Collect(JsonNode? node, List<(JsonNode Parent, object Key)> places)
    {
        if (node is JsonObject inner)
        {
            foreach (var (key, value) in inner)
            {
                places.Add((inner, key));
                Collect(value, places);
            }
        }

        if (node is not JsonArray items) return;
        for (var i = 0; i < items.Count; i++)
        {
            places.Add((items, i));
            Collect(items[i], places);
        }
    }
}
