using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Syntax;
using Kohaku.Syntax.Tokens;
using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.Fuzzing.Texts;

/// <summary>What ships with the program, opened once: tags, vocabulary, profile.</summary>
internal static class Shipped
{
    private static readonly Lazy<ClipTable> s_clip = new(ShippedFiles.OpenClip);

    private static readonly Lazy<TagLookup> s_tags = new(() => new TagLookup(TagIndex.Open(ShippedData.IndexPath)));

    private static readonly Lazy<LintServices> s_services = new(() => new LintServices(s_tags.Value)
    {
        Vocabulary = () => s_clip.Value,
        Networks = new NetworkCatalog(["style", "old style"], name => new NetworkFacts(name != "old style", name == "old style" ? "sd_v1" : "sdxl_base_v1-0")),
    });

    private static readonly Dictionary<(Dialect, bool, int), Settings> s_settings = [];

    /// <summary>CLIP's vocabulary.</summary>
    public static ClipTable Clip => s_clip.Value;

    /// <summary>The tags.</summary>
    public static TagLookup Tags => s_tags.Value;

    /// <summary>All that rules look things up in.</summary>
    public static LintServices Services => s_services.Value;

    /// <summary>The default settings in a dialect.</summary>
    /// <param name="options">The dialect, and whether dynamic prompts are on.</param>
    /// <param name="format">1: explicit weights; 2: a line for each section.</param>
    public static Settings Settings(ParseOptions options, int format = 0)
    {
        var key = (options.Dialect, options.DynamicPrompts, format);
        if (s_settings.TryGetValue(key, out var known)) return known;

        var basis = Analysis.Configuration.Settings.Default(Profile.Default, RuleRegistry.Rules);
        return s_settings[key] = new Settings(basis.Severities.ToArray())
        {
            Profile = basis.Profile,
            Thresholds = basis.Thresholds,
            Emphasis = basis.Emphasis,
            Dialect = options.Dialect,
            DynamicPrompts = options.DynamicPrompts,
            Format = new FormatOptions(LinePerSection: (format & 2) != 0, ExplicitWeights: (format & 1) != 0),
        };
    }
}
