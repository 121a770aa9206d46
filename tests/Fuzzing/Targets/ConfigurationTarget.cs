using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Profiles;
using Kohaku.Files.Configuration;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Any text as a configuration, as one that extends itself, and as a profile: settings come of it, and each problem says file, line and column.</summary>
internal sealed class ConfigurationTarget : Target
{
    private const string FilePath = "/w/kohaku.json";

    private static readonly JsonTexts s_texts = new(
        [.. ConfigurationKeys.All.SelectMany(key => new[] { key.Name, key.Group.Length > 0 ? key.Group : key.Path }), "$schema", "extends", "rules", "overrides", "files", "weak-tag", "KHK001", "KHK901", "minor-sexual-content", "ALL", "KHK1",
            "id", "title", "sections", "qualities", "ratings", "dates", "resolutions", "emphasis", "thresholds", "peopleCounts", "name", "words", "synonyms", "underscore"],
        ["\"warning\"", "\"none\"", "\"error\"", "\"Hint\"", "\"a1111\"", "\"comfyui\"", "\"kohaku-xl-delta\"", "\"kohaku-xl-epsilon\"", "\"nothing\"", "\"p.json\"", "[\"kohaku.json\"]", "\"kohaku.json\"", "\"other.json\"", "[\"**/*.prompt\",\"a[b\",\"{a,b}\",\"!x\"]", "225", "1000", "1.5", "true",
            "{\"weak-tag\":\"error\"}", "[{\"files\":\"*.txt\",\"rules\":{\"KHK004\":\"none\"}}]"]);

    private static readonly string[] s_paths = ["/w/a.prompt", "/w/b/c.txt", "/w/[x].prompt", "/", "/w"];

    /// <summary>What is tested.</summary>
    public Func<string, ConfigurationFile> Read { get; init; } = static text => ConfigurationReader.Read(text, FilePath, RuleRegistry.Rules);

    /// <inheritdoc/>
    public override string Name => "configuration";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => s_texts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice) => WildText.Bytes(s_texts.Object(dice));

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var text = WildText.Of(input);
        var lines = LinesOf(text);
        var file = Read(text);
        foreach (var problem in file.Problems) CheckProblem(problem, lines);
        foreach (var entry in file.Extends) Must.Hold(entry.Line >= 1 && entry.Line <= lines.Count, "what is extended stands in the file");

        // The same text under another name makes circles of `extends`.
        var source = new SettingsSource(RuleRegistry.Rules, path => path.EndsWith("other.json", StringComparison.Ordinal) || path == FilePath || path.EndsWith("p.json", StringComparison.Ordinal)
            ? new ConfigurationText(text, null) : new ConfigurationText(null, "no such file"), []);
        foreach (var path in s_paths)
        {
            var settings = source.For(FilePath, path);
            Must.Equal(RuleRegistry.All.Count, settings.Severities.Length, "settings say how much each rule matters");
            Must.Hold(settings.Runs(RuleRegistry.All.Single(rule => rule.Info.Id == "KHK901").Index) && settings.Severities[RuleRegistry.All.Single(rule => rule.Info.Id == "KHK901").Index] == Severity.Error, "nothing switches KHK901 off");
            _ = source.IsExcluded(FilePath, path);
        }

        foreach (var problem in source.Problems) Must.Hold(problem.Fact.Length > 0, "a problem says what is wrong");
        var profile = ProfileCompiler.Compile(text, FilePath);
        Must.Hold(profile.Bytes is not null == (profile.Problems.Count == 0), "a profile compiles or has problems");
        foreach (var problem in profile.Problems) CheckProblem(problem, lines);
        if (profile.Bytes is { } bytes) _ = Profile.Read(bytes);
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => Shown.Of(WildText.Of(input));

    private static void CheckProblem(ConfigurationProblem problem, List<int> lines)
    {
        Must.Equal(FilePath, problem.File, "a problem names the file");
        Must.Hold(problem.Fact.Length > 0, "a problem says what is wrong");
        Must.Hold(problem.Line >= 1 && problem.Line <= lines.Count, "a problem's line is one of the file", () => $"{problem} in {lines.Count} lines");
        Must.Hold(problem.Column >= 1 && problem.Column <= lines[problem.Line - 1] + 2, "a problem's column is one of its line", () => $"{problem} in a line of {lines[problem.Line - 1]}");
    }

    // The length of each line.
    private static List<int> LinesOf(string text)
    {
        var lines = new List<int>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\r' or '\n')) continue;
            lines.Add(i - start);
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            start = i + 1;
        }

        lines.Add(text.Length - start);
        return lines;
    }
}
