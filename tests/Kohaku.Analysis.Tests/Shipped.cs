using System.Text;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Syntax.Tokens;
using Kohaku.Tags;

namespace Kohaku.Analysis.Tests;

/// <summary>The tag facts that ship, indexed once for all tests.</summary>
internal static class Shipped
{
    private static readonly Lazy<TagLookup> Index = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("kohaku-tests-").FullName;
        return new TagLookup(TagIndex.Open(ShippedData.Build(Path.Combine(Repository.Root, "data", "tags"), folder)));
    });

    private static readonly Lazy<ClipTable> Clip = new(() => new ClipTable(ClipTable.Build(
        Encoding.UTF8.GetBytes(Repository.Read("data/clip/merges.txt")),
        Encoding.UTF8.GetBytes(Repository.Read("data/clip/unicode.tsv")),
        Encoding.UTF8.GetBytes(Repository.Read("data/clip/entities.tsv")))));

    /// <summary>A tokenizer of its own for each caller: one serves one thread.</summary>
    public static ClipTokenizer Tokenizer => new(Clip.Value);

    public static TagLookup Tags => Index.Value;

    private static readonly Lazy<LintServices> All = new(() => new LintServices(Tags)
    {
        Vocabulary = () => Clip.Value,
        Networks = new NetworkCatalog(["style", "old style", "add_detail"], name => new NetworkFacts(name != "old style", name == "old style" ? "sd_v1" : "sdxl_base_v1-0")),
    });

    public static LintServices Services => All.Value;

    public static Settings Delta { get; } = Settings.Default(Profile.Default, RuleRegistry.Rules);

    /// <summary>Delta's settings with dynamic prompts.</summary>
    public static Settings Dynamic { get; } = new(Delta.Severities.ToArray())
    {
        Profile = Delta.Profile,
        Thresholds = Delta.Thresholds,
        Emphasis = Delta.Emphasis,
        DynamicPrompts = true,
    };

    /// <summary>Delta's settings with another format.</summary>
    public static Settings With(FormatOptions format) => new(Delta.Severities.ToArray())
    {
        Profile = Delta.Profile,
        Thresholds = Delta.Thresholds,
        Emphasis = Delta.Emphasis,
        Format = format,
    };
}
