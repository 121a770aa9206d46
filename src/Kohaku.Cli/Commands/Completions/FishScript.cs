using System.Text;

namespace Kohaku.Cli.Commands.Completions;

/// <summary>Completion for fish, with descriptions.</summary>
internal static class FishScript
{
    /// <summary>The script.</summary>
    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        var script = new StringBuilder("# fish completion for kohaku\ncomplete -c kohaku -n __fish_use_subcommand -f -l help -d 'Show help'\n");
        script.Append("complete -c kohaku -n __fish_use_subcommand -f -l version -d 'Show the version'\n");
        foreach (var (word, summary) in CommandTree.FirstWords(commands))
        {
            script.Append("complete -c kohaku -n __fish_use_subcommand -f -a ").Append(word).Append(" -d '").Append(Escaped(summary)).Append("'\n");
            var under = CommandTree.Under(commands, word);
            if (under.Count == 0) continue;

            var names = string.Join(' ', under.Select(command => command.Name.Split(' ')[1]));
            foreach (var command in under)
            {
                script.Append("complete -c kohaku -f -n '__fish_seen_subcommand_from ").Append(word).Append("; and not __fish_seen_subcommand_from ").Append(names);
                script.Append("' -a ").Append(command.Name.Split(' ')[1]).Append(" -d '").Append(Escaped(command.Summary)).Append("'\n");
            }
        }

        foreach (var command in commands)
        {
            var condition = string.Join("; and ", command.Name.Split(' ').Select(word => $"__fish_seen_subcommand_from {word}"));
            foreach (var option in command.Options) AppendOption(script, condition, option);
            if (command.Words.Count > 0) script.Append($"complete -c kohaku -n '{condition}' -f -a '{string.Join(' ', command.Words)}'\n");
        }

        return script.ToString();
    }

    private static void AppendOption(StringBuilder script, string condition, CompletedOption option)
    {
        script.Append("complete -c kohaku -n '").Append(condition).Append("' -l ").Append(option.Name.TrimStart('-'));
        if (option.Alias is not null) script.Append(" -s ").Append(option.Alias.TrimStart('-'));
        if (option.Value is not null) script.Append(option.TakesFile ? " -r -F" : " -x");
        if (option.Words.Count > 0) script.Append(" -a '").AppendJoin(' ', option.Words).Append('\'');
        script.Append(" -d '").Append(Escaped(option.Description)).Append("'\n");
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
