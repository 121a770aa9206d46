using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Commands;

/// <summary>A row of the command table.</summary>
/// <param name="Name">As it is typed, with its parent: <c>tags search</c>.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Build">Builds its options and action.</param>
/// <param name="Hidden">Whether help and completions leave it out.</param>
internal sealed record CommandRow(string Name, string Summary, Func<CommandRow, Session, CommandFrame> Build, bool Hidden = false);

/// <summary>All commands, in help's order.</summary>
internal static class CommandTable
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<CommandRow> Rows { get; } =
    [
        new("lint", "Find what the model will not understand, and mend it", LintCommand.Build),
        new("format", "Bring prompts into one form that means the same", FormatCommand.Build),
        new("explain", "Say what a rule flags and why", ExplainCommand.Build),
        new("tokens", "Show the tokens and chunks that the text encoders get", TokensCommand.Build),
        new("generate", "Make images of prompts, on this machine", GenerateCommand.Build),
        new("tags search", "Find tags as completion does", TagsSearchCommand.Build),
        new("tags info", "Show all that is known of a tag", TagsInfoCommand.Build),
        new("tags stats", "Show what the tag list holds", TagsStatsCommand.Build),
        new("tags check", "Compare the tags in use with their checksums, and mend them", TagsCheckCommand.Build),
        new("tags import", "Take tags from lists", TagsImportCommand.BuildImport),
        new("tags update", "Take tags from danbooru", TagsImportCommand.BuildUpdate),
        new("tags reset", "Forget imports: use the tags that ship", TagsImportCommand.BuildReset),
        new("models list", "List the models, networks and embeddings that are there", ModelsListCommand.Build),
        new("models info", "Show all that is known of a model or network", ModelsInfoCommand.Build),
        new("models check", "Say whether images can be made with a model", ModelsCheckCommand.Build),
        new("models cache", "Show or delete the merged models that are kept", ModelsCacheCommand.Build),
        new("doctor", "Say what this machine can make images with", DoctorCommand.Build),
        new("gpu install", "Fetch ONNX Runtime for NVIDIA's cards", GpuCommand.BuildInstall),
        new("gpu status", "Show whether it is there and works", GpuStatusCommand.Build),
        new("gpu remove", "Delete it", GpuCommand.BuildRemove),
        new("init", "Write a configuration to begin with", InitCommand.Build),
        new("lsp", "Serve an editor over standard input and output", LspCommand.Build),
        new("worker", "Make images for the language server, which starts it", WorkerCommand.Build, Hidden: true),
        new("completions", "Print a completion script for a shell", CompletionsCommand.Build),
        new("build-data", "Make the files that ship beside the program", BuildDataCommand.Build, Hidden: true),
    ];

    /// <summary>The row whose name the first words are, and how many words its name took.</summary>
    public static (CommandRow? Row, int Words) Find(ReadOnlySpan<string> words)
    {
        foreach (var row in Rows)
        {
            var space = row.Name.IndexOf(' ');
            if (space < 0 && words[0] == row.Name) return (row, 1);
            if (space < 0 || words.Length < 2 || !words[0].AsSpan().SequenceEqual(row.Name.AsSpan(0, space))) continue;
            if (words[1].AsSpan().SequenceEqual(row.Name.AsSpan(space + 1))) return (row, 2);
        }

        return (null, 0);
    }

    /// <summary>Whether a word begins the names of other commands: <c>tags</c>.</summary>
    public static bool IsGroup(string word) => Rows.Any(row => row.Name.StartsWith(word + " ", StringComparison.Ordinal));
}
