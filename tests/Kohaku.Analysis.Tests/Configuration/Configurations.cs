using Kohaku.Analysis.Configuration;
using Kohaku.Files.Configuration;

namespace Kohaku.Analysis.Tests.Configuration;

/// <summary>Configurations by path, as a folder would hold them.</summary>
internal sealed class Configurations
{
    public const string Main = "/library/kohaku.json";

    private readonly Dictionary<string, string> files = [];

    public Configurations(string main) => files[Main] = main;

    public List<ConfigurationLayer> Above { get; } = [];

    public int Reads { get; private set; }

    public Configurations And(string path, string text)
    {
        files[path] = text;
        return this;
    }

    public SettingsSource Source() => new(RuleFacts.Table, Read, Above);

    public Settings Settings(string file = "/library/a.prompt") => Source().For(Main, file);

    /// <summary>All problems, as a user reads them.</summary>
    public IReadOnlyList<string> Problems()
    {
        var source = Source();
        source.For(Main, "/library/a.prompt");
        return [.. source.Problems.Select(problem => problem.ToString())];
    }

    private ConfigurationText Read(string path)
    {
        Reads++;
        return files.TryGetValue(path, out var text) ? new ConfigurationText(text, null) : new ConfigurationText(null, "no such file");
    }
}
