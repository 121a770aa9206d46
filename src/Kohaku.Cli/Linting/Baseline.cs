using System.Globalization;
using System.Text.Json;
using Kohaku.Analysis.Configuration;
using Kohaku.Cli.Commands;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Linting;

/// <summary>Known findings: how many of each rule in each file. Counts, not lines, so that edits above do not shift them.</summary>
/// <remarks>A file with more findings of a rule than its baseline shows all of them: which of them is new, a count cannot say.</remarks>
internal sealed class Baseline
{
    /// <summary>What it is called where nobody names it.</summary>
    public const string DefaultName = "kohaku-baseline.json";

    private const int Version = 1;

    private readonly string _folder;
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _counts = new(StringComparer.Ordinal);

    /// <summary>An empty one; the names in it begin at the folder of its file.</summary>
    public Baseline(string absolutePath) => _folder = Path.GetDirectoryName(absolutePath) ?? absolutePath;

    /// <summary>Findings counted.</summary>
    public int Count => _counts.Values.Sum(file => file.Values.Sum());

    /// <summary>Reads one.</summary>
    /// <exception cref="UserException">It cannot be read, or is no baseline.</exception>
    public static Baseline Read(string absolutePath, string shownPath)
    {
        if (!TextFile.TryRead(absolutePath, out var file, out var problem))
        {
            throw new UserException($"{shownPath}: {problem.Message}", "Make one with --write-baseline");
        }

        var baseline = new Baseline(absolutePath);
        try
        {
            using var json = JsonDocument.Parse(file.Text);
            if (json.RootElement.GetProperty("version").GetInt32() != Version) throw new FormatException("its version is not 1");

            foreach (var counted in json.RootElement.GetProperty("files").EnumerateObject())
            {
                var rules = baseline.RulesOf(counted.Name);
                foreach (var rule in counted.Value.EnumerateObject()) rules[rule.Name] = rule.Value.GetInt32();
            }
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UserException($"{shownPath}: no baseline: {failure.Message}", "Make a new one with --write-baseline");
        }

        return baseline;
    }

    /// <summary>The findings of one file that the baseline does not hold.</summary>
    public IReadOnlyList<Finding> Unknown(IReadOnlyList<Finding> findings, string absolutePath)
    {
        if (findings.Count == 0 || !_counts.TryGetValue(NameOf(absolutePath), out var known)) return findings;

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var finding in findings) counts[finding.Diagnostic.Rule.Id] = counts.GetValueOrDefault(finding.Diagnostic.Rule.Id) + 1;
        return [.. findings.Where(finding => finding.Diagnostic.Rule.Id == RuleTable.UnchangeableId || counts[finding.Diagnostic.Rule.Id] > known.GetValueOrDefault(finding.Diagnostic.Rule.Id))];
    }

    /// <summary>Counts the findings of one file; what nothing may silence is left out.</summary>
    public void Add(IReadOnlyList<Finding> findings, string absolutePath)
    {
        foreach (var finding in findings)
        {
            var rule = finding.Diagnostic.Rule.Id;
            if (rule == RuleTable.UnchangeableId) continue;

            var rules = RulesOf(NameOf(absolutePath));
            rules[rule] = rules.GetValueOrDefault(rule) + 1;
        }
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="UserException">It cannot be written.</exception>
    public void Write(string absolutePath, string shownPath)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var json = new JsonText(text, indented: true);
        json.BeginObject().Member("version", Version).Name("files").BeginObject();
        foreach (var (name, rules) in _counts)
        {
            json.Name(name).BeginObject();
            foreach (var (rule, count) in rules) json.Member(rule, count);
            json.EndObject();
        }

        json.EndObject().EndObject();
        json.EndLine();
        if (AtomicFile.Write(absolutePath, Session.Utf8.GetBytes(text.ToString())) is { } problem) throw new UserException($"{shownPath}: {problem.Message}");
    }

    /// <summary>Throws where a file is there that is no baseline.</summary>
    /// <remarks>A configuration, which may be someone else's, names the file too: writing a baseline must not cost any file that it could name.</remarks>
    /// <exception cref="UserException">It is something else.</exception>
    public static void RequireNoOther(string absolutePath, string shownPath)
    {
        if (!Path.Exists(absolutePath)) return;

        try
        {
            Read(absolutePath, shownPath);
        }
        catch (UserException other)
        {
            throw new UserException($"{other.Message}; nothing was written", $"To write over it name it: --baseline {shownPath}");
        }
    }

    private SortedDictionary<string, int> RulesOf(string name)
    {
        if (!_counts.TryGetValue(name, out var rules)) _counts[name] = rules = new(StringComparer.Ordinal);
        return rules;
    }

    private string NameOf(string absolutePath) => Path.GetRelativePath(_folder, absolutePath).Replace('\\', '/');
}
