using Kohaku.Tags;

namespace Kohaku.Benchmarks;

/// <summary>What is typed on the way to a tag.</summary>
internal static class Queries
{
    /// <summary>Every beginning of the most used tags, each once, in random order.</summary>
    public static string[] Typed(TagLookup lookup, int tags, int seed)
    {
        var queries = new HashSet<string>(StringComparer.Ordinal);
        for (var tag = 0; tag < Math.Min(tags, lookup.Count); tag++)
        {
            var text = lookup[new TagId(tag)].Text;
            for (var length = 1; length <= text.Length; length++) queries.Add(text[..length]);
        }

        var shuffled = queries.ToArray();
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }
}
