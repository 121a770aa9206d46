using System.CommandLine.Completions;
using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Commands.Completions;

/// <summary>A command as completion scripts need it.</summary>
/// <param name="Name">As it is typed: <c>tags search</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Options">What may follow.</param>
/// <param name="TakesFiles">Whether its arguments are files.</param>
/// <param name="Words">Words that its argument may be.</param>
internal sealed record CompletedCommand(string Name, string Summary, IReadOnlyList<CompletedOption> Options, bool TakesFiles, IReadOnlyList<string> Words);

/// <summary>An option as completion scripts need it.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Alias">Its short form, if it has one.</param>
/// <param name="Description">One line.</param>
/// <param name="Value">What its value is called; null for one that stands alone.</param>
/// <param name="Words">Words that its value may be; empty where it is free.</param>
internal sealed record CompletedOption(string Name, string? Alias, string Description, string? Value, IReadOnlyList<string> Words)
{
    /// <summary>Whether the value is a path.</summary>
    public bool TakesFile => Value is "FILE" or "PATH" or "DIR";
}

/// <summary>All commands with their options, read from the command table.</summary>
internal static class CommandTree
{
    /// <summary>Builds every command that is not hidden.</summary>
    public static IReadOnlyList<CompletedCommand> Of(Session session) =>
        [.. CommandTable.Rows.Where(row => !row.Hidden).Select(row => Completed(Application.Build(row, session).Frame))];

    /// <summary>The first words of all commands, each once, with the summary of the command or of its group.</summary>
    public static IReadOnlyList<(string Word, string Summary)> FirstWords(IReadOnlyList<CompletedCommand> commands) =>
        [.. commands.GroupBy(command => command.Name.Split(' ')[0]).Select(group => (group.Key, Summary(group)))];

    /// <summary>The second words under a first one.</summary>
    public static IReadOnlyList<CompletedCommand> Under(IReadOnlyList<CompletedCommand> commands, string word) =>
        [.. commands.Where(command => command.Name.StartsWith(word + " ", StringComparison.Ordinal))];

    private static string Summary(IGrouping<string, CompletedCommand> group) =>
        group.First().Name == group.Key ? group.First().Summary : string.Join(", ", group.Select(command => command.Name.Split(' ')[1]));

    private static CompletedCommand Completed(CommandFrame frame)
    {
        var argument = frame.Command.Arguments.FirstOrDefault();
        var words = argument?.Name == "SHELL" ? ["bash", "zsh", "fish", "pwsh"] : Array.Empty<string>();
        return new CompletedCommand(
            frame.Name,
            frame.Summary,
            [.. frame.Groups.SelectMany(group => group.Options).Select(option => new CompletedOption(
                option.Name,
                option.Aliases.FirstOrDefault(),
                option.Description ?? "",
                option.HelpName,
                [.. option.HelpName is null ? [] : option.CompletionSources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label)]))],
            argument?.Name is "PATHS" or "FILE",
            words);
    }
}
