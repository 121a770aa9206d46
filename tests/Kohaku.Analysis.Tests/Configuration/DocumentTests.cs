using System.Text;
using Kohaku.Analysis.Configuration;

namespace Kohaku.Analysis.Tests.Configuration;

public sealed class DocumentTests
{
    private const string Beginning = """
        # Configuration

        A run needs none. What differs from the defaults stands in a `kohaku.json`: JSON, with comments and trailing commas as you like.
        `kohaku init` writes a first one.

        ```json
        {
          // Found upward from each prompt file: in its folder, or in the nearest folder above.
          "profile": "kohaku-xl-delta",
          "rules": { "weak-tag": "warning", "KHK3": "none" },
          "overrides": [
            { "files": "comfy/", "dialect": "comfyui" },
          ],
        }
        ```

        ## What lies over what

        1. the defaults, and those of the profile;
        2. the configurations that `extends` names, the first lowest, each with what it extends itself;
        3. the `kohaku.json` itself; then those of its `overrides` that match the file, the last one highest;
        4. the editor's settings;
        5. the command line.

        A value above holds; lists (`exclude`, `tags.allow`, folders) add up. Paths and globs are relative to the file that says them.

        ## Mistakes

        An unknown key or a wrong value is reported with its place and the nearest known word; the run goes on with the default:

        ```
        kohaku.json:7:15: rules.weak-tags: no such rule; the nearest is weak-tag
        ```

        So is a circle (`a.json extends b.json extends a.json: a configuration cannot extend itself`). Brackets nest at most 32 deep.

        ## `extends`

        A path, or a list of paths of which the last holds. Default: none. Example: `"extends": "../shared/kohaku.json"`.

        ## `rules`

        Severities: `"none"`, `"hint"`, `"info"`, `"warning"` or `"error"`, by a rule's name or id, by the beginning of an id (`"KHK2"`), or for `"all"`. Of
        several that name a rule in one place the narrowest holds. The rules and their defaults: [rules](rules/README.md).
        Example: `"rules": { "all": "warning", "weak-tag": "none" }`.

        KHK901 (minor-sexual-content) is not a matter of style: nothing changes it, and naming it is reported.

        ## `overrides`

        What holds for some files only: a list of objects with `files` (a glob or a list of globs), `rules`, and the keys marked below. Of several
        that match a file the last holds. Default: none. Example: `"overrides": [{ "files": ["*.txt", "styles/"], "tokenLimit": 75 }]`.

        In a glob `*` and `?` stand for characters of one name, `[abc]` and `{a,b}` for choices, `**` for any folders. One without a `/` matches a name
        at any depth; one that names a folder matches all that lies in it.

        """;

    private const string End = """
        ## A profile of one's own

        A model of the same family is a file, not code: copy [`data/profiles/kohaku-xl-delta.json`](../data/profiles/kohaku-xl-delta.json), give it
        another `id`, change what differs, and name the file in `profile`. It says the order of sections, the special words (quality, rating, date, people
        count) with the synonyms that other models use for them, the post counts and weights that rules go by, the sizes of training, and the defaults of
        generation. A mistake in it is reported like one in `kohaku.json`, and the default profile is used in its place.

        """;

    [Fact]
    public void The_document_says_what_the_keys_are() => Repository.IsCurrent("docs/configuration.md", Generated());

    [Fact]
    public void The_schema_says_what_the_keys_and_rules_are() =>
        Repository.IsCurrent("data/schema/kohaku.schema.json", ConfigurationSchema.Generate(RuleRegistry.Rules));

    [Fact]
    public void The_documents_example_is_taken_without_a_problem()
    {
        var start = Beginning.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        var example = Beginning[start..Beginning.IndexOf("```", start, StringComparison.Ordinal)];

        var rules = new RuleTable([new("KHK004", "weak-tag", Severity.Info), new("KHK301", "chunk-boundary", Severity.Hint)]);
        Assert.Empty(ConfigurationReader.Read(example, "/library/kohaku.json", rules).Problems);
    }

    private static string Generated()
    {
        var text = new StringBuilder(Beginning);
        foreach (var key in ConfigurationKeys.All)
        {
            text.Append($"\n## `{key.Path}`\n\n{key.Summary}\n\n");
            text.Append($"- Values: {key.Values}\n");
            text.Append($"- Default: {(key.Default.IndexOfAny(['"', '[']) >= 0 || key.Default is "true" or "false" ? $"`{key.Default}`" : key.Default)}\n");
            text.Append($"- Example: `{ExampleOf(key)}`\n");
            if (key.InOverrides) text.Append("- May stand in `overrides`\n");
        }

        return text.Append('\n').Append(End).ToString();
    }

    private static string ExampleOf(ConfigurationKey key) =>
        key.Group.Length > 0 ? $"\"{key.Group}\": {{ \"{key.Name}\": {key.Example} }}" : $"\"{key.Name}\": {key.Example}";
}
