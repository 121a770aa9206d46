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

        var queries = Queries.Typed(lookup, Tags, seed: 20261123);
        var times = new double[queries.Length];
        for (var i = 0; i < queries.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            searcher.Find(new TagQuery(queries[i]));
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var ranks = Times.Of(times);
        Line(output, $"{index.Count} tags, {index.AliasCount} aliases, {index.FileLength} bytes; opened in {opened:F3} ms; {Environment.WorkingSet >> 20} MiB in all");
        Line(output, $"{times.Length} queries: median {ranks.Median:F3} ms, p90 {ranks.P90:F3}, p99 {ranks.P99:F3}, p99.9 {ranks.P999:F3}, worst {ranks.Worst:F3}");
    }

    private static void Line(TextWriter output, FormattableString line) => output.Write(line.ToString(CultureInfo.InvariantCulture) + "\n");
}
