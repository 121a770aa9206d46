using System.Text;

namespace Kohaku.Analysis.Configuration;

/// <summary>Makes the JSON schema of <c>kohaku.json</c> (draft 7) from the table of keys and the rules.</summary>
public static class ConfigurationSchema
{
    private const string Severity = "\"enum\": [\"none\", \"hint\", \"info\", \"warning\", \"error\"]";

    /// <summary>The schema, as it is written to <c>data/schema/kohaku.schema.json</c>.</summary>
    /// <param name="rules">Whose names it lists.</param>
    public static string Generate(RuleTable rules)
    {
        var schema = new StringBuilder();
        schema.Append("{\n");
        schema.Append("  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n");
        schema.Append("  \"title\": \"KohakuLsp configuration\",\n");
        schema.Append("  \"description\": \"kohaku.json: found upward from a prompt's file.\",\n");
        schema.Append("  \"type\": \"object\",\n");
        schema.Append("  \"additionalProperties\": false,\n");
        schema.Append("  \"allowComments\": true,\n");
        schema.Append("  \"allowTrailingCommas\": true,\n");
        schema.Append("  \"properties\": {\n");
        var properties = new List<string>
        {
            "    \"$schema\": { \"type\": \"string\" }",
            "    \"extends\": { \"description\": \"Configurations that this one lies over: a path, or a list of paths of which the last holds; relative to this file.\", "
                + "\"oneOf\": [{ \"type\": \"string\" }, { \"type\": \"array\", \"items\": { \"type\": \"string\" } }] }",
            "    \"rules\": { \"$ref\": \"#/definitions/rules\" }",
            Overrides(),
        };
        properties.AddRange(Properties(_ => true, "    "));
        schema.AppendJoin(",\n", properties);
        schema.Append("\n  },\n  \"definitions\": {\n").Append(Rules(rules)).Append("\n  }\n}\n");
        return schema.ToString();
    }

    private static string Overrides()
    {
        var properties = new List<string>
        {
            "          \"files\": { \"description\": \"Globs, relative to this file: * ? [abc] {a,b} **. One without a / matches at any depth; a folder holds all in it.\", "
                + "\"oneOf\": [{ \"type\": \"string\" }, { \"type\": \"array\", \"items\": { \"type\": \"string\" } }] }",
            "          \"rules\": { \"$ref\": \"#/definitions/rules\" }",
        };
        properties.AddRange(Properties(key => key.InOverrides, "          "));
        return "    \"overrides\": {\n      \"description\": \"What holds for some files only; of several that match, the last holds.\",\n      \"type\": \"array\",\n"
            + "      \"items\": {\n        \"type\": \"object\",\n        \"required\": [\"files\"],\n        \"additionalProperties\": false,\n        \"properties\": {\n"
            + string.Join(",\n", properties) + "\n        }\n      }\n    }";
    }

    private static IEnumerable<string> Properties(Func<ConfigurationKey, bool> isWanted, string indent)
    {
        foreach (var group in ConfigurationKeys.All.Where(isWanted).GroupBy(key => key.Group.Length > 0 ? key.Group : key.Path))
        {
            if (group.First().Group.Length == 0)
            {
                yield return Property(group.First(), indent);
                continue;
            }

            var inner = string.Join(",\n", group.Select(key => Property(key, indent + "    ")));
            yield return $"{indent}{Quoted(group.Key)}: {{\n{indent}  \"type\": \"object\",\n{indent}  \"additionalProperties\": false,\n"
                + $"{indent}  \"properties\": {{\n{inner}\n{indent}  }}\n{indent}}}";
        }
    }

    private static string Property(ConfigurationKey key, string indent) =>
        $"{indent}{Quoted(key.Name)}: {{ \"description\": {Quoted($"{key.Summary} Default: {key.Default}.")}, {key.Schema} }}";

    private static string Rules(RuleTable rules)
    {
        var names = new List<string>();
        for (var i = 0; i < rules.Count; i++)
        {
            if (!rules.CanChange(i)) continue;
            names.Add($"        {Quoted(rules[i].Name)}: {{ \"description\": {Quoted($"{rules[i].Id}; default: {rules[i].Default.ToString().ToLowerInvariant()}")}, {Severity} }}");
        }

        return "    \"rules\": {\n      \"description\": \"Severities, by rule name, by id, by the beginning of an id (KHK0) or for all.\",\n"
            + "      \"type\": \"object\",\n      \"additionalProperties\": false,\n"
            + $"      \"patternProperties\": {{ \"^(all|KHK[0-9]{{0,3}})$\": {{ {Severity} }} }},\n"
            + "      \"properties\": {\n" + string.Join(",\n", names) + "\n      }\n    }";
    }

    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
