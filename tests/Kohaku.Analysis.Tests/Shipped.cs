using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
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

    public static TagLookup Tags => Index.Value;

    public static LintServices Services => new(Tags);

    public static Settings Delta { get; } = Settings.Default(Profile.Default, RuleRegistry.Rules);
}
