using System.Text;

namespace Kohaku.Cli.Commands.Completions;

/// <summary>Completion for PowerShell 5 and later.</summary>
internal static class PowerShellScript
{
    /// <summary>The script.</summary>
    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        var script = new StringBuilder("# PowerShell completion for kohaku\nRegister-ArgumentCompleter -Native -CommandName kohaku -ScriptBlock {\n");
        script.Append("  param($wordToComplete, $commandAst, $cursorPosition)\n");
        script.Append("  $commands = [ordered]@{\n");
        foreach (var command in commands)
        {
            script.Append("    '").Append(command.Name).Append("' = @(");
            script.AppendJoin(", ", command.Options.Select(option => $"@('{option.Name}', '{Escaped(option.Description)}')").Concat(command.Words.Select(word => $"@('{word}', '{word}')")));
            script.Append(")\n");
        }

        script.Append("  }\n  $values = @{\n");
        foreach (var command in commands)
        {
            foreach (var option in command.Options.Where(option => option.Words.Count > 0))
            {
                script.Append($"    '{command.Name} {option.Name}' = @({string.Join(", ", option.Words.Select(word => $"'{word}'"))})\n");
            }
        }

        return script.Append(
            """
              }
              $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
              if ($wordToComplete -and $typed.Count -gt 0) { $typed = @($typed | Select-Object -SkipLast 1) }
              $name = ''
              foreach ($candidate in $commands.Keys) {
                $length = ($candidate -split ' ').Count
                if ($typed.Count -ge $length -and (($typed | Select-Object -First $length) -join ' ') -eq $candidate) { $name = $candidate }
              }
              $rows = @()
              if (-not $name) {
                $done = $typed -join ' '
                $rows = @($commands.Keys | Where-Object { -not $done -or $_.StartsWith("$done ") } | ForEach-Object {
                  $word = ($_ -split ' ')[$typed.Count]; , @($word, $word) })
              } elseif ($values.Contains("$name $($typed[-1])")) {
                $rows = @($values["$name $($typed[-1])"] | ForEach-Object { , @($_, $_) })
              } else {
                $rows = $commands[$name]
              }
              $rows | Where-Object { $_[0] -like "$wordToComplete*" } | Sort-Object { $_[0] } -Unique | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
              }
            }

            """.ReplaceLineEndings("\n")).ToString();
    }

    private static string Escaped(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
