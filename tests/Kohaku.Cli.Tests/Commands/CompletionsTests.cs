using System.Diagnostics;

namespace Kohaku.Cli.Tests.Commands;

public sealed class CompletionsTests
{
    [Theory]
    [InlineData("bash", "-n")]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "-n")]
    public void The_script_parses_in_its_shell(string shell, string check)
    {
        var script = Cli.Run("completions", shell);
        Assert.Equal(0, script.Code);
        Assert.Contains("completions", script.Output, StringComparison.Ordinal);
        if (!IsInstalled(shell)) return;

        Assert.Equal("", Checked(shell, check, script.Output));
    }

    [Fact]
    public void PowerShell_gets_an_argument_completer() =>
        Assert.Contains("Register-ArgumentCompleter -Native -CommandName kohaku", Cli.Run("completions", "pwsh").Output, StringComparison.Ordinal);

    [Fact]
    public void Bash_completes_a_command()
    {
        if (!IsInstalled("bash")) return;

        var script = Cli.Run("completions", "bash").Output + "\nCOMP_WORDS=(kohaku comp); COMP_CWORD=1; _kohaku; echo \"${COMPREPLY[@]}\"\n";
        Assert.Equal("completions\n", Checked("bash", "-s", script));
    }

    [Theory]
    [InlineData("--sampler dpmpp_2m", "dpmpp_2m dpmpp_2m_sde dpmpp_2m_sde_heun")]
    [InlineData("--device c", "cuda cpu")]
    [InlineData("--hires-u", "--hires-upscaler")]
    public void Bash_completes_what_generate_takes(string typed, string completed)
    {
        if (!IsInstalled("bash")) return;

        var script = Cli.Run("completions", "bash").Output + $"\nCOMP_WORDS=(kohaku generate {typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _kohaku; echo \"${{COMPREPLY[@]}}\"\n";
        Assert.Equal(completed + "\n", Checked("bash", "-s", script));
    }

    private static bool IsInstalled(string shell) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell)));

    private static string Checked(string shell, string argument, string script)
    {
        using var process = Process.Start(new ProcessStartInfo(shell, argument)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        return process.StandardOutput.ReadToEnd() + error.Result;
    }
}
