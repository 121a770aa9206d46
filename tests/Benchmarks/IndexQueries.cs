using BenchmarkDotNet.Attributes;
using Kohaku.Tags;

namespace Kohaku.Benchmarks;

/// <summary>The tag index: opened, asked for one name, and searched as a user types.</summary>
[MemoryDiagnoser]
public class IndexQueries
{
    private readonly TagLookup _lookup;
    private readonly TagSearcher _searcher;

    /// <summary>Opens the shipped index.</summary>
    public IndexQueries()
    {
        _lookup = new TagLookup(TagIndex.Open(ShippedData.IndexPath));
        _searcher = new TagSearcher(_lookup);
    }

    /// <summary>What is typed.</summary>
    [Params("solo", "long_h", "blue eyes", "eyes blue", "hatsu", "lh", "detco", "logn hair", "s")]
    public string Query { get; set; } = "";

    /// <summary>The file mapped and let go again.</summary>
    [Benchmark]
    public int Open()
    {
        using var index = TagIndex.Open(ShippedData.IndexPath);
        return index.Count;
    }

    /// <summary>An exact lookup, found or not.</summary>
    [Benchmark]
    public bool Find() => _lookup.TryFind(Query, out _);

    /// <summary>A search of all tiers.</summary>
    [Benchmark]
    public int Search() => _searcher.Find(new TagQuery(Query)).Length;
}
