using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kohaku.Security.Tests;

/// <summary>What a user does in a day: every command, and an editor's session.</summary>
internal static partial class Tour
{
    private const string Prompts =
        "1GIRL, long_hair, İSTANBUL, ıI, (SMILE:1,3), (smile:1.31), hatsune_miku, MASTERPIECE\nNegative prompt: LOWRES, worst quality\n"
        + "Steps: 20, Sampler: DPM++ 2M KARRAS, Schedule type: KARRAS, CFG scale: 5.5, Seed: 42, Size: 832X1216, Eta: 0.25\n---\n1boy ,solo, [a:b:0.25]";

    /// <summary>Command lines whose output depends on nothing but files.</summary>
    public static IReadOnlyList<string[]> Commands { get; } =
    [
        ["lint", "."],
        ["lint", "--format", "json", "library"],
        ["lint", "--format", "sarif", "library"],
        ["lint", "--statistics", "library"],
        ["lint", "--fix", "--diff", "library"],
        ["lint", "--input", "jsonl", "--format", "jsonl", "records.jsonl"],
        ["format", "--diff", "library"],
        ["tokens", "--json", "library/a.prompt"],
        ["generate", "--dry-run", "--seed", "7", "library/a.prompt"],
        ["generate", "--dry-run", "--json", "--cfg", "5.5", "--seed", "7", "--index", "2", "library/a.prompt"],
        ["explain", "KHK102"],
        ["completions", "bash"],
        ["tags", "import", "list.csv"],
        ["tags", "import", "--translations", "translated.csv"],
        ["tags", "search", "HATSUNE", "MIKU"],
        ["tags", "search", "ISTANBUL"],
        ["tags", "info", "istanbul"],
        ["tags", "stats"],
        ["tags", "reset"],
        ["lint", "--fix", "library"],
        ["format", "library"],
        ["models", "cache"],
        ["init", "new"],
        ["lint", "--write-baseline", "library"],
        ["lint", "--nonsense"],
    ];

    /// <summary>Lays out the files that the commands name, as if nobody had worked on them.</summary>
    public static void Prepare(Folder folder)
    {
        foreach (var entry in Directory.GetFileSystemEntries(folder.Root))
        {
            if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
            else File.Delete(entry);
        }

        folder.Write("library/a.prompt", Prompts);
        folder.Write("library/styles.csv", "name,prompt,negative_prompt\nI,\"1girl, LONG_HAIR, (smile:1.25)\",lowres\n");
        folder.Write("records.jsonl", "{\"id\":1,\"prompt\":\"1GIRL, long_hair, I, ı, (SMILE:1,5)\"}\n{\"id\":2,\"prompt\":\"smile\"}\n");
        folder.Write("list.csv", "ISTANBUL,0,5000,\"İstanbul,ıstanbul\"\nIIII,0,1234567,\n");
        folder.Write("translated.csv", "smile,GÜLÜMSEME\n");
        folder.Write("kohaku.json", "{ \"thresholds\": { \"weak\": 200 }, \"emphasis\": { \"maximum\": 1.25 } }");
    }

    /// <summary>Takes the whole tour.</summary>
    /// <param name="folder">Where; prepared anew.</param>
    /// <param name="around">What runs the program.</param>
    /// <param name="environment">Variables.</param>
    /// <returns>What each command said, without the times it took, and what the files are then.</returns>
    public static IReadOnlyList<string> Take(Folder folder, IReadOnlyList<string> around, params (string Name, string? Value)[] environment)
    {
        Prepare(folder);
        List<string> said = [Session(folder, around, environment)];
        foreach (var command in Commands)
        {
            var (code, output, error) = Program.Run(Program.Start(folder.Root, around, environment, command));
            Assert.DoesNotContain("Unhandled exception", error, StringComparison.Ordinal);
            said.Add($"$ kohaku {string.Join(' ', command)}\n{Times().Replace(output + error, "")}exit code {code}");
        }

        said.Add(string.Join('\n', ((string[])["library/a.prompt", "library/styles.csv", "new/kohaku.json", "kohaku-baseline.json"]).Select(folder.Read)));
        return said;
    }

    /// <summary>An editor's session.</summary>
    /// <returns>The answers.</returns>
    public static string Session(Folder folder, IReadOnlyList<string> around, params (string Name, string? Value)[] environment)
    {
        using var editor = new Editor(Program.Start(folder.Root, around, environment, "lsp", "--stdio"));
        var answers = new List<JsonNode?> { editor.Initialize(folder.Root) };
        var uri = Editor.UriOf(folder["library/a.prompt"]);
        editor.Open(uri, Prompts);
        answers.AddRange([
            .. editor.Findings(uri).Select(finding => finding!.DeepClone()),
            editor.At("textDocument/completion", uri, 0, 9),
            editor.At("textDocument/completion", uri, 0, 32),
            editor.At("textDocument/hover", uri, 0, 40),
            editor.At("textDocument/hover", uri, 0, 62),
            editor.About("textDocument/documentSymbol", uri),
            editor.About("textDocument/codeLens", uri),
            editor.About("textDocument/semanticTokens/full", uri),
            editor.About("textDocument/foldingRange", uri),
            editor.Request("textDocument/formatting", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true } }),
            editor.Request("workspace/symbol", new JsonObject { ["query"] = "MIKU" }),
            editor.Request("kohaku/searchTags", new JsonObject { ["query"] = "IIII", ["limit"] = 5 }),
            editor.Request("kohaku/tagInfo", new JsonObject { ["tag"] = "smile" }),
            editor.Request("kohaku/explainRule", new JsonObject { ["rule"] = "KHK102" }),
            editor.At("kohaku/promptStatus", uri, 0, 3),
        ]);
        var (code, log) = editor.Close();
        Assert.Equal((0, ""), (code, log));
        return string.Join('\n', answers.Select(answer => answer?.ToJsonString() ?? "null"));
    }

    // "(12 ms)", "(2 files failed, 3 ms)", "1 finding in 1 of 3 prompts (1 clean file, 9 ms)".
    [GeneratedRegex(@"\d+ ms\)|in \d+ ms|\(\d+ ms\)")]
    private static partial Regex Times();
}
