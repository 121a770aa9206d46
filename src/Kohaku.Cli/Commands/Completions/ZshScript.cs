using System.Text;

namespace Kohaku.Cli.Commands.Completions;

/// <summary>Completion for zsh, with descriptions.</summary>
internal static class ZshScript
{
    /// <summary>The script.</summary>
    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        var script = new StringBuilder("#compdef kohaku\n# zsh completion for kohaku\n_kohaku() {\n  local -a words_here\n  local command=\"$words[2]\"\n");
        script.Append("  if (( CURRENT == 2 )); then\n    words_here=(\n");
        foreach (var (word, summary) in CommandTree.FirstWords(commands)) AppendDescribed(script, word, summary);
        script.Append("    )\n    _describe 'command' words_here\n    return\n  fi\n");
        foreach (var (word, _) in CommandTree.FirstWords(commands))
        {
            var under = CommandTree.Under(commands, word);
            if (under.Count == 0) continue;

            script.Append("  if [[ $command == ").Append(word).Append(" ]]; then\n    if (( CURRENT == 3 )); then\n      words_here=(\n");
            foreach (var command in under) AppendDescribed(script, command.Name.Split(' ')[1], command.Summary);
            script.Append("      )\n      _describe 'command' words_here\n      return\n    fi\n");
            script.Append("    command=\"$command $words[3]\"\n    shift words; (( CURRENT-- ))\n  fi\n");
        }

        script.Append("  shift words; (( CURRENT-- ))\n  case $command in\n");
        foreach (var command in commands)
        {
            script.Append("    '").Append(command.Name).Append("')\n      _arguments -s");
            foreach (var option in command.Options) AppendOption(script, option);
            if (command.Words.Count > 0) script.Append(" \\\n        '*:word:(").AppendJoin(' ', command.Words).Append(")'");
            else if (command.TakesFiles) script.Append(" \\\n        '*:file:_files'");
            script.Append("\n      ;;\n");
        }

        return script.Append("  esac\n}\nif [[ $funcstack[1] == _kohaku ]]; then _kohaku \"$@\"; else compdef _kohaku kohaku; fi\n").ToString();
    }

    private static void AppendDescribed(StringBuilder script, string word, string summary) =>
        script.Append("      '").Append(word).Append(':').Append(Escaped(summary)).Append("'\n");

    private static void AppendOption(StringBuilder script, CompletedOption option)
    {
        script.Append(" \\\n        '").Append(option.Name).Append('[').Append(Escaped(option.Description)).Append(']');
        if (option.Value is not null)
        {
            script.Append(':').Append(option.Value).Append(':');
            if (option.Words.Count > 0) script.Append('(').AppendJoin(' ', option.Words).Append(')');
            else if (option.TakesFile) script.Append("_files");
        }

        script.Append('\'');
    }

    private static string Escaped(string text) => text
        .Replace("'", "'\\''", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal);
}
