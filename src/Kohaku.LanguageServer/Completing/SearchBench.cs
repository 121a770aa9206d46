using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary>A searcher and the buffers of one answer, kept from one to the next. One thread at a time.</summary>
internal sealed class SearchBench(SearchPool pool) : IDisposable
{
    /// <summary>Searches.</summary>
    public TagSearcher Searcher { get; } = new(pool.Lookup);

    /// <summary>The tags that stand elsewhere in the prompt.</summary>
    public List<TagId> Present { get; } = [];

    /// <summary>The tags that go with those.</summary>
    public HashSet<TagId> Together { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Present.Clear();
        Together.Clear();
        pool.Return(this);
    }
}
