using Kohaku.Cli.Commands.Completions;
using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku completions SHELL</c>: a static script made from the command table.</summary>
internal static class CompletionsCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var shell = frame.Arguments("SHELL", "bash, zsh, fish or pwsh", atLeast: 1, atMost: 1);
        frame.Examples.Add(new("kohaku completions bash > ~/.local/share/bash-completion/completions/kohaku", "bash"));
        frame.Examples.Add(new("kohaku completions zsh > ~/.zfunc/_kohaku", "zsh, with ~/.zfunc in fpath"));
        frame.Examples.Add(new("kohaku completions fish > ~/.config/fish/completions/kohaku.fish", "fish"));
        frame.Examples.Add(new("kohaku completions pwsh >> $PROFILE", "PowerShell"));
        frame.Run = result => Print(result.GetValue(shell)![0], session);
        return frame;
    }

    private static int Print(string shell, Session session)
    {
        var commands = CommandTree.Of(session);
        var script = shell switch
        {
            "bash" => BashScript.Of(commands),
            "zsh" => ZshScript.Of(commands),
            "fish" => FishScript.Of(commands),
            "pwsh" or "powershell" => PowerShellScript.Of(commands),
            _ => throw new UserException($"`{shell}` is no shell that kohaku knows", Action(shell)),
        };
        using var output = session.OpenOutput();
        output.Write(script);
        return ExitCode.Clean;
    }

    private static string Action(string shell) =>
        Nearest.Of(shell, Shells) is { } nearest ? $"The nearest is: kohaku completions {nearest}" : "One of: bash, zsh, fish, pwsh";
}
