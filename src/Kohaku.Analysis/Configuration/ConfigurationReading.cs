using Kohaku.Analysis.Configuration.Json;

namespace Kohaku.Analysis.Configuration;

/// <summary>One reading of one configuration.</summary>
internal sealed class ConfigurationReading(JsonText json, JsonProblems problems, string directory, RuleTable rules)
{
    private const string FilesKey = "files";

    private static readonly (string Word, Severity Severity)[] Severities =
    [
        ("none", Severity.None),
        ("hint", Severity.Hint),
        ("info", Severity.Info),
        ("warning", Severity.Warning),
        ("error", Severity.Error),
    ];

    private readonly List<ExtendsEntry> extends = [];

    public IReadOnlyList<ExtendsEntry> Extends => extends;

    /// <summary>Reads the whole file, or one of its overrides.</summary>
    public ConfigurationLayer Layer(JsonNode node, string path, bool isOverride)
    {
        if (!IsObject(node, path)) return ConfigurationLayer.Empty;

        var ruleSettings = new List<RuleSetting>();
        var overrides = new List<ConfigurationOverride>();
        var values = new List<(ConfigurationKey Key, object Value)>();
        foreach (var member in Members(node, path))
        {
            var at = Join(path, member.Name);
            switch (member.Name)
            {
                case "$schema" or FilesKey when isOverride == (member.Name == FilesKey):
                    break;
                case "rules":
                    ReadRules(member.Value, at, ruleSettings);
                    break;
                case "overrides" when !isOverride:
                    ReadOverrides(member.Value, at, overrides);
                    break;
                case "extends" when !isOverride:
                    ReadExtends(member.Value, at);
                    break;
                default:
                    ReadKey(member, "", path, isOverride, values);
                    break;
            }
        }

        var layer = new ConfigurationLayer { Rules = ruleSettings, Overrides = overrides };
        foreach (var (key, value) in values) layer.Set(key, value);
        return layer;
    }

    private void ReadKey(JsonMember member, string group, string path, bool isOverride, List<(ConfigurationKey, object)> values)
    {
        var wanted = Join(group, member.Name);
        var at = Join(path, wanted);
        foreach (var key in ConfigurationKeys.All)
        {
            if (key.Path != wanted) continue;
            if (isOverride && !key.InOverrides)
            {
                problems.Add(member.Start, at, "holds for all files alike; it cannot stand in overrides");
                return;
            }

            if (key.Read(member.Value, new ReadContext(problems, directory, at)) is { } value) values.Add((key, value));
            return;
        }

        if (group.Length == 0 && ConfigurationKeys.All.Any(key => key.Group == member.Name))
        {
            if (!IsObject(member.Value, at)) return;
            foreach (var inner in Members(member.Value, at)) ReadKey(inner, member.Name, path, isOverride, values);
            return;
        }

        problems.AddUnknown(member.Start, at, member.Name, "key", KnownNames(group, isOverride));
    }

    private void ReadRules(JsonNode node, string path, List<RuleSetting> settings)
    {
        if (!IsObject(node, path)) return;
        foreach (var member in Members(node, path))
        {
            var at = Join(path, member.Name);
            var selected = rules.Select(member.Name);
            if (selected.Count == 0)
            {
                problems.AddUnknown(member.Start, at, member.Name, "rule", rules.Names);
                continue;
            }

            if (!TrySeverity(member.Value, at, out var severity)) continue;
            if (selected is [var only] && !rules.CanChange(only))
            {
                problems.Add(member.Start, at, $"{rules[only].Id} is not a matter of style: it is always an error");
                continue;
            }

            settings.Add(new RuleSetting(selected, RuleSetting.BreadthOf(member.Name, selected.Count), severity));
        }
    }

    private bool TrySeverity(JsonNode node, string path, out Severity severity)
    {
        severity = Severity.None;
        var words = Severities.Select(known => known.Word);
        if (node.Kind != JsonKind.String)
        {
            problems.Add(node.Start, path, $"{node.Described} stands where one of {string.Join(", ", words)} belongs");
            return false;
        }

        foreach (var known in Severities)
        {
            severity = known.Severity;
            if (known.Word.Equals(node.Text, StringComparison.OrdinalIgnoreCase)) return true;
        }

        problems.Add(node.Start, path, Choices.NoSuch("severity", node.Text, words));
        return false;
    }

    private void ReadOverrides(JsonNode node, string path, List<ConfigurationOverride> overrides)
    {
        if (node.Kind != JsonKind.Array)
        {
            problems.Add(node.Start, path, $"{node.Described} stands where a list belongs");
            return;
        }

        for (var i = 0; i < node.Items.Count; i++)
        {
            var at = $"{path}[{i}]";
            var layer = Layer(node.Items[i], at, isOverride: true);
            var globs = ReadFiles(node.Items[i], at);
            if (globs.Count > 0) overrides.Add(new ConfigurationOverride(globs, layer));
        }
    }

    private List<Glob> ReadFiles(JsonNode node, string path)
    {
        var globs = new List<Glob>();
        if (node.Kind != JsonKind.Object) return globs;

        var files = node.Members.LastOrDefault(member => member.Name == FilesKey).Value;
        if (files is null)
        {
            problems.Add(node.Start, path, "does not say which files it is for: it needs \"files\"");
            return globs;
        }

        foreach (var item in files.Kind == JsonKind.Array ? files.Items : [files])
        {
            if (item.Kind == JsonKind.String) globs.Add(new Glob(item.Text, directory));
            else problems.Add(item.Start, Join(path, FilesKey), $"{item.Described} stands where a glob belongs");
        }

        return globs;
    }

    private void ReadExtends(JsonNode node, string path)
    {
        var context = new ReadContext(problems, directory, path);
        foreach (var item in node.Kind == JsonKind.Array ? node.Items : [node])
        {
            if (item.Kind != JsonKind.String)
            {
                problems.Add(item.Start, path, $"{item.Described} stands where a path belongs");
                continue;
            }

            var (line, column) = json.PlaceOf(item.Start);
            extends.Add(new ExtendsEntry(context.Resolve(item.Text), line, column));
        }
    }

    private bool IsObject(JsonNode node, string path)
    {
        if (node.Kind == JsonKind.Object) return true;
        problems.Add(node.Start, path, $"{node.Described} stands where an object belongs");
        return false;
    }

    /// <summary>The members that count: of a name that stands twice, the last.</summary>
    private IEnumerable<JsonMember> Members(JsonNode node, string path)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < node.Members.Count; i++)
        {
            var member = node.Members[i];
            if (!last.TryAdd(member.Name, i))
            {
                problems.Add(member.Start, Join(path, member.Name), "stands twice; the last one counts");
                last[member.Name] = i;
            }
        }

        for (var i = 0; i < node.Members.Count; i++)
        {
            if (last[node.Members[i].Name] == i) yield return node.Members[i];
        }
    }

    private static IEnumerable<string> KnownNames(string group, bool isOverride)
    {
        var keys = ConfigurationKeys.All.Where(key => key.InOverrides || !isOverride);
        if (group.Length > 0) return keys.Where(key => key.Group == group).Select(key => key.Name);

        var shaping = isOverride ? ["rules", FilesKey] : ConfigurationReader.ShapingKeys;
        return keys.Select(key => key.Group.Length > 0 ? key.Group : key.Path).Concat(shaping).Distinct();
    }

    private static string Join(string path, string name) => path.Length > 0 ? $"{path}.{name}" : name;
}
