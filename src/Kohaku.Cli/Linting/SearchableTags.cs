using Kohaku.Analysis.Configuration;
using Kohaku.Cli.Terminal;
using Kohaku.Tags;

namespace Kohaku.Cli.Linting;

/// <summary>The tags that hold for the current folder, with translations: what people search in.</summary>
internal static class SearchableTags
{
    /// <summary>Opens them.</summary>
    /// <exception cref="TagDataException">A file cannot be read.</exception>
    public static TagLookup Open(Session session)
    {
        var configurations = new Configurations(null, ConfigurationLayer.Empty);
        var sources = configurations.For(session.Absolute("prompt")).Tags;
        LintRun.Warn(session, configurations.Problems);
        return TagData.Searchable(sources, TagData.Open(session.Surroundings), session.Surroundings);
    }
}
