using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Cli.Terminal;
using Kohaku.Tags;

namespace Kohaku.Cli.Linting;

/// <summary>What rules look things up in: opened when first asked for, and only what is asked for.</summary>
internal sealed class Knowledge(Session session)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TagSources, LintServices> _services = new(ReferenceEqualityComparer.Instance);
    private TagIndex? _index;

    /// <summary>What the rules look things up in under these settings.</summary>
    /// <exception cref="TagDataException">Tags are missing or damaged.</exception>
    public LintServices For(Settings settings)
    {
        lock (_gate)
        {
            if (!_services.TryGetValue(settings.Tags, out var services)) _services[settings.Tags] = services = Open(settings.Tags);
            return services;
        }
    }

    private LintServices Open(TagSources tags)
    {
        _index ??= TagData.Open(session);
        return new LintServices(TagData.Lookup(tags, _index, session));
    }
}
