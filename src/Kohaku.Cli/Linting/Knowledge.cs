using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Cli.Commands;
using Kohaku.Tags;

namespace Kohaku.Cli.Linting;

/// <summary>What rules look things up in: opened when first asked for, and only what is asked for.</summary>
internal sealed class Knowledge
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TagSources, LintServices> _services = [];
    private TagIndex? _index;

    /// <summary>What the rules look things up in under these settings.</summary>
    /// <exception cref="UserError">The tags that ship are missing or damaged.</exception>
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
        _index ??= ShippedFiles.OpenTags();
        return new LintServices(tags.Allow.Count == 0 ? new TagLookup(_index) : new TagLookup(_index, [], tags.Allow));
    }
}
