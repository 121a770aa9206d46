using System.Xml.Linq;

namespace Kohaku.Architecture.Tests;

/// <summary>Who may refer to whom: a project refers only to those before it in this list.</summary>
public sealed class LayerTests
{
    private static readonly string[] House =
    [
        "Kohaku.Syntax", "Kohaku.Tags", "Kohaku.Files", "Kohaku.Analysis", "Kohaku.Workspace", "Kohaku.Jobs", "Kohaku.LanguageServer", "Kohaku.Generation", "Kohaku.Cli",
    ];

    /// <summary>The one project that may use a package.</summary>
    private static readonly Dictionary<string, string[]> Owners = new()
    {
        ["Google.Protobuf"] = ["Kohaku.Generation"],
        ["Microsoft.ML.OnnxRuntime"] = ["Kohaku.Generation"],
        ["Microsoft.ML.OnnxRuntime.Managed"] = ["Kohaku.Generation"],
        ["Microsoft.ML.OnnxRuntime.Gpu.Linux"] = ["Kohaku.Generation"],
        ["Microsoft.ML.OnnxRuntime.Gpu.Windows"] = ["Kohaku.Generation"],
        ["SkiaSharp"] = ["Kohaku.Generation"],
        ["SkiaSharp.NativeAssets.Linux.NoDependencies"] = ["Kohaku.Generation"],
        ["Microsoft.Data.Sqlite"] = ["Kohaku.Tags"],
        ["Newtonsoft.Json"] = ["Kohaku.Files", "Kohaku.Analysis"],
        ["StreamJsonRpc"] = ["Kohaku.Jobs", "Kohaku.LanguageServer", "Kohaku.Generation"],
        ["System.CommandLine"] = ["Kohaku.Cli"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_those_before_it(string project)
    {
        var own = Array.IndexOf(House, project);
        Assert.True(own >= 0, $"{project} has no place in the house; ARCHITECTURE.md lists the projects");
        foreach (var reference in References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension))
            Assert.True(Array.IndexOf(House, reference) < own, $"{project} must not know {reference}");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_package_is_used_only_where_it_belongs(string project)
    {
        foreach (var package in References(project, "PackageReference"))
        {
            Assert.True(Owners.TryGetValue(package, out var owners), $"{project} uses {package}, which ARCHITECTURE.md does not list");
            Assert.Contains(project, owners);
        }
    }

    [Fact]
    public void Syntax_has_no_packages() => Assert.Empty(References("Kohaku.Syntax", "PackageReference"));

    [Theory]
    [InlineData("Kohaku.Syntax", "System.IO")]
    [InlineData("Kohaku.Analysis", "System.IO.File.")]
    [InlineData("Kohaku.Analysis", "File.Read")]
    [InlineData("Kohaku.Analysis", "File.Open")]
    [InlineData("Kohaku.Analysis", "DateTime.")]
    [InlineData("Kohaku.Syntax", "DateTime.")]
    [InlineData("Kohaku.Syntax", "Environment.")]
    [InlineData("Kohaku.Analysis", "Environment.")]
    public void Pure_projects_touch_neither_files_nor_clock(string project, string forbidden)
    {
        foreach (var file in Sources(project))
            Assert.False(File.ReadAllText(file).Contains(forbidden, StringComparison.Ordinal), $"{file} uses {forbidden}");
    }

    [Theory]
    [InlineData("*.cs", 500)]
    public void No_source_file_is_longer_than_a_reader_can_hold(string pattern, int lines)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), pattern, SearchOption.AllDirectories).Where(IsSource))
            Assert.True(File.ReadLines(file).Count() <= lines, $"{file} has more than {lines} lines");
    }

    private static IEnumerable<string> References(string project, string element) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj")).Descendants(element).Select(item => item.Attribute("Include")!.Value);

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories).Where(IsSource);

    private static bool IsSource(string path) =>
        !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
