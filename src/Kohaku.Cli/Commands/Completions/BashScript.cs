using System.Text;

namespace Kohaku.Cli.Commands.Completions;

/// <summary>Completion for bash 4 and later, without the bash-completion package.</summary>
internal static class BashScript
{
    /// <summary>The script.</summary>
    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        var script = new StringBuilder("# bash completion for kohaku\n_kohaku() {\n");
        script.Append("  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\" command=\"${COMP_WORDS[1]}\" options=\"\" words=\"\"\n");
        script.Append("  COMPREPLY=()\n");
        script.Append("  if [ \"$COMP_CWORD\" -eq 1 ]; then\n");
        script.Append("    COMPREPLY=($(compgen -W \"").AppendJoin(' ', CommandTree.FirstWords(commands).Select(word => word.Word)).Append(" --help --version\" -- \"$current\"))\n    return\n  fi\n");
        foreach (var (word, _) in CommandTree.FirstWords(commands))
        {
            var under = CommandTree.Under(commands, word);
            if (under.Count == 0) continue;

            script.Append("  if [ \"$command\" = ").Append(word).Append(" ]; then\n");
            script.Append("    if [ \"$COMP_CWORD\" -eq 2 ]; then\n      COMPREPLY=($(compgen -W \"");
            script.AppendJoin(' ', under.Select(command => command.Name.Split(' ')[1])).Append("\" -- \"$current\"))\n      return\n    fi\n");
            script.Append("    command=\"$command ${COMP_WORDS[2]}\"\n  fi\n");
        }

        script.Append("  case \"$command:$previous\" in\n");
        foreach (var command in commands)
        {
            foreach (var option in command.Options.Where(option => option.Value is not null)) AppendValue(script, command, option);
        }

        script.Append("  esac\n  case \"$command\" in\n");
        foreach (var command in commands)
        {
            script.Append("    \"").Append(command.Name).Append("\") options=\"").AppendJoin(' ', command.Options.Select(option => option.Name)).Append('"');
            if (command.Words.Count > 0) script.Append(" words=\"").AppendJoin(' ', command.Words).Append('"');
            script.Append(";;\n");
        }

        return script.Append(
            """
              esac
              if [[ "$current" == -* ]]; then
                COMPREPLY=($(compgen -W "$options" -- "$current"))
              elif [ -n "$words" ]; then
                COMPREPLY=($(compgen -W "$words" -- "$current"))
              else
                COMPREPLY=($(compgen -f -- "$current"))
              fi
            }
            complete -o filenames -F _kohaku kohaku

            """.ReplaceLineEndings("\n")).ToString();
    }

    private static void AppendValue(StringBuilder script, CompletedCommand command, CompletedOption option)
    {
        script.Append("    \"").Append(command.Name).Append(':').Append(option.Name).Append('"');
        if (option.Alias is not null) script.Append("|\"").Append(command.Name).Append(':').Append(option.Alias).Append('"');
        script.Append(") ");
        if (option.Words.Count > 0) script.Append("COMPREPLY=($(compgen -W \"").AppendJoin(' ', option.Words).Append("\" -- \"$current\")); ");
        else if (option.TakesFile) script.Append("COMPREPLY=($(compgen -f -- \"$current\")); ");
        script.Append("return;;\n");
    }
}
