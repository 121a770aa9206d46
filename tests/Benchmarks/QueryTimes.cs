using System.Diagnostics;
using System.Globalization;
using Kohaku.Tags;

namespace Kohaku.Benchmarks;

/// <summary>How long each query takes that is typed on the way to the most used tags: each once, in random order, so nothing is warm but the file.</summary>
internal static class QueryTimes
{
    private const int Tags = 10_000;

    /// <summary>Writes the time of opening, the memory, and the times by rank.</summary>
    public static void Run(TextWriter output, string indexPath)
    {
        var clock = Stopwatch.StartNew();
        var index = TagIndex.Open(indexPath);
        var lookup = new TagLookup(index);
        var opened = clock.Elapsed.TotalMilliseconds;
        var searcher = new TagSearcher(lookup);
        foreach (var query in (string[])["solo", "long_h", "blue eyes", "eyes blue", "hatsu", "lh", "detco", "logn hair"])
        {
            clock.Restart();
            var first = searcher.Find(new TagQuery(query))[0].Tag;
            Line(output, $"{query,-10} {clock.Elapsed.TotalMilliseconds:F3} ms  {lookup[first].Text}");
        }

        var queries = Typed(lookup);
        var times = new double[queries.Length];
        for (var i = 0; i < queries.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            searcher.Find(new TagQuery(queries[i]));
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        Line(output, $"{index.Count} tags, {index.AliasCount} aliases, {index.FileLength} bytes; opened in {opened:F3} ms; {Environment.WorkingSet >> 20} MiB in all");
        Line(output, $"{times.Length} queries: median {At(times, 0.5):F3} ms, p90 {At(times, 0.9):F3}, p99 {At(times, 0.99):F3}, p99.9 {At(times, 0.999):F3}, worst {times[^1]:F3}");
    }

    private static string[] Typed(TagLookup lookup)
    {
        var queries = new HashSet<string>(StringComparer.Ordinal);
        for (var tag = 0; tag < Math.Min(Tags, lookup.Count); tag++)
        {
            var text = lookup[new TagId(tag)].Text;
            for (var length = 1; length <= text.Length; length++)
            {
                queries.Add(text[..length]);
            }
        }

        var shuffled = queries.ToArray();
        new Random(20261123).Shuffle(shuffled);
        return shuffled;
    }

    private static double At(double[] sorted, double part) => sorted[(int)((sorted.Length - 1) * part)];

    private static void Line(TextWriter output, FormattableString line) => output.Write(line.ToString(CultureInfo.InvariantCulture) + "\n");
}
