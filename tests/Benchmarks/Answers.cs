using System.Diagnostics;
using System.Globalization;
using Kohaku.Tags;

namespace Kohaku.Benchmarks;

/// <summary>What the index answers to given queries, and how fast: the side of the comparison with other completers that is ours.</summary>
internal static class Answers
{
    private const int Shown = 100;

    /// <summary>Writes a line a query: the query, median and p99 in milliseconds, and the names found, between tabs.</summary>
    public static void Write(TextWriter output, string indexPath, int runs, IEnumerable<string> queries)
    {
        var lookup = new TagLookup(TagIndex.Open(indexPath));
        var searcher = new TagSearcher(lookup);
        foreach (var query in queries)
        {
            var asked = new TagQuery(query);
            for (var i = 0; i < runs; i++) searcher.Find(asked);
            var times = new double[runs];
            for (var i = 0; i < runs; i++)
            {
                var start = Stopwatch.GetTimestamp();
                searcher.Find(asked);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            var ranks = Times.Of(times);
            var names = new List<string>();
            foreach (var match in searcher.Find(asked)[..Math.Min(Shown, searcher.Find(asked).Length)]) names.Add(lookup[match.Tag].Name);
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{query}\t{ranks.Median:F4}\t{ranks.P99:F4}\t{string.Join('\t', names)}\n"));
        }
    }
}
