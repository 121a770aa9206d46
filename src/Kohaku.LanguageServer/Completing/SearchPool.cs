using System.Collections.Concurrent;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Profiles;
using Kohaku.Files;
using Kohaku.LanguageServer.Session;
using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Completing;

/// <summary>What completion looks things up in, under one configuration.</summary>
internal sealed class SearchPool
{
    // Every picture of the training set carries a word of each kind: they rank with the most used tags.
    private const int SpecialPosts = 1_000_000;

    private readonly ConcurrentStack<SearchBench> _idle = [];
    private readonly Refreshed<IReadOnlyDictionary<string, string>> _networks;
    private readonly Refreshed<IReadOnlyList<string>> _embeddings;
    private readonly Refreshed<IReadOnlyList<string>> _wildcards;

    /// <summary>Opens the tags with their translations, and the model's special words among them.</summary>
    public SearchPool(Setup setup, WorkbenchPool pool)
    {
        Settings = pool.Settings;
        var surroundings = setup.Surroundings;
        var (networks, embeddings, wildcards) = setup.IsTrusted ? (Settings.Networks, Settings.Embeddings, Settings.Wildcards) : ([], [], []);
        _networks = new(() => NetworkFolder.List(networks, problem => surroundings.Warn(problem.ToString())));
        _embeddings = new(() => [.. NetworkFolder.List(embeddings, problem => surroundings.Warn(problem.ToString())).Keys.Order(StringComparer.OrdinalIgnoreCase)]);
        _wildcards = new(() => WildcardFolder.List(wildcards, problem => surroundings.Warn(problem.ToString())));
        Lookup = Open(setup, pool);
        Trained = new TrainedTags();
    }

    /// <summary>The configuration.</summary>
    public Settings Settings { get; }

    /// <summary>The tags to search in; its numbers are not those of the linter's lookup.</summary>
    public TagLookup Lookup { get; }

    /// <summary>Network files by name.</summary>
    public IReadOnlyDictionary<string, string> Networks => _networks.Value;

    /// <summary>Names of embeddings.</summary>
    public IReadOnlyList<string> Embeddings => _embeddings.Value;

    /// <summary>Names of wildcards.</summary>
    public IReadOnlyList<string> Wildcards => _wildcards.Value;

    /// <summary>What networks were trained on.</summary>
    public TrainedTags Trained { get; }

    /// <summary>What was used, in the numbers of <see cref="Lookup"/>; null until it is read.</summary>
    public UsageView? Usage { get; set; }

    /// <summary>A searcher with its buffers, to be disposed.</summary>
    public SearchBench Rent() => _idle.TryPop(out var bench) ? bench : new SearchBench(this);

    /// <summary>Gives one back. As many as there are processors are kept.</summary>
    internal void Return(SearchBench bench)
    {
        if (_idle.Count < Environment.ProcessorCount) _idle.Push(bench);
    }

    private TagLookup Open(Setup setup, WorkbenchPool pool)
    {
        var index = pool.Services.Lookup.Index;
        var words = SpecialRows(Settings.Profile);

        // The first database is the index in use already; the names of embeddings are known as the linter knows them.
        var named = setup.IsTrusted ? Settings.Tags : TagSources.None with { Allow = Settings.Tags.Allow };
        var sources = named with { Allow = [.. named.Allow, .. Embeddings], Databases = named.Databases.Count > 1 ? named.Databases : [] };
        return TagData.Searchable(sources, index, setup.Surroundings, words, leavesOut: true);
    }

    private static List<TagRow> SpecialRows(Profile profile)
    {
        var words = new List<TagRow>();
        foreach (var word in profile.Qualities) words.Add(Row(word.Word));
        foreach (var word in profile.Ratings) words.Add(Row(word.Word));
        foreach (var word in profile.Dates) words.Add(Row(word.Word));
        return words;

        static TagRow Row(string word) => new(word, TagCategory.General, SpecialPosts, []);
    }
}
