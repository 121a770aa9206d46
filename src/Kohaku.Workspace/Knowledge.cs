using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Files;
using Kohaku.Syntax.Tokens;
using Kohaku.Tags;

namespace Kohaku.Workspace;

/// <summary>What rules look things up in: opened when first asked for, and only what is asked for.</summary>
/// <param name="surroundings">What may be touched.</param>
/// <param name="readsNamedFiles">Whether files that a configuration names (databases, lists, networks, embeddings) are read: not in a workspace that nobody trusts.</param>
/// <param name="openIndex">Opens the tags in use where no configuration says otherwise; <see cref="TagData.Open"/> where null.</param>
/// <param name="leavesOut">Whether databases and lists that cannot be read are told and left out; else they are an error.</param>
public sealed class Knowledge(Surroundings surroundings, bool readsNamedFiles = true, Func<TagIndex>? openIndex = null, bool leavesOut = false)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Settings, LintServices> _services = new(ReferenceEqualityComparer.Instance);
    private readonly List<(TagSources Tags, IReadOnlyList<string> Embeddings, TagLookup Lookup)> _lookups = [];
    private TagIndex? _index;
    private ClipTable? _clip;

    /// <summary>What the rules look things up in under these settings.</summary>
    /// <exception cref="TagDataException">Tags are missing or damaged.</exception>
    public LintServices For(Settings settings)
    {
        lock (_gate)
        {
            if (!_services.TryGetValue(settings, out var services))
            {
                _services[settings] = services = new LintServices(LookupOf(settings)) { Vocabulary = Clip, Networks = NetworksOf(readsNamedFiles ? settings.Networks : []) };
            }

            return services;
        }
    }

    /// <summary>The tokenizer's table, mapped when it is first needed.</summary>
    public ClipTable Clip()
    {
        lock (_gate) return _clip ??= ShippedFiles.OpenClip();
    }

    // Files with the same tags share a lookup: overrides for some files mostly change rules.
    private TagLookup LookupOf(Settings settings)
    {
        var sources = readsNamedFiles ? settings.Tags : TagSources.None with { Allow = settings.Tags.Allow };
        var embeddings = readsNamedFiles ? settings.Embeddings : [];
        foreach (var (tags, folders, known) in _lookups)
        {
            if (Same(tags, sources) && folders.SequenceEqual(embeddings)) return known;
        }

        _index ??= openIndex?.Invoke() ?? TagData.Open(surroundings);
        var names = embeddings.Count == 0 ? [] : NetworkFolder.List(embeddings, Warn).Keys;
        var lookup = TagData.Lookup(sources with { Allow = [.. sources.Allow, .. names] }, _index, surroundings, leavesOut: leavesOut);
        _lookups.Add((sources, embeddings, lookup));
        return lookup;
    }

    private NetworkCatalog? NetworksOf(IReadOnlyList<string> folders)
    {
        if (folders.Count == 0) return null;

        var paths = NetworkFolder.List(folders, Warn);
        return new NetworkCatalog([.. paths.Keys], name => FactsOf(paths[name]));
    }

    // A file whose header cannot be read is there all the same.
    private static NetworkFacts FactsOf(string path) => NetworkHeader.TryRead(path, out var header, out _)
        ? new NetworkFacts(header.Base == BaseModel.Unknown ? null : header.Base == BaseModel.Sdxl, header.BaseName, path)
        : new NetworkFacts(null, null, path);

    private static bool Same(TagSources left, TagSources right) =>
        left.Allow.SequenceEqual(right.Allow) && left.Extra.SequenceEqual(right.Extra) && left.Databases.SequenceEqual(right.Databases);

    private void Warn(FileProblem problem) => surroundings.Warn(problem.ToString());
}
