namespace Kohaku.Cli.Tests.Commands;

public sealed class FrameTests
{
    [Fact]
    public void Without_arguments_the_commands_are_listed()
    {
        var run = Cli.Run();

        Assert.Equal(0, run.Code);
        Assert.Matches(@"completions +Print a completion script for a shell", run.Output);
    }

    [Fact]
    public void The_version_is_three_numbers() => Assert.Matches(@"^kohaku \d+\.\d+\.\d+\n$", Cli.Run("--version").Output);

    [Fact]
    public void An_unknown_command_names_the_nearest()
    {
        var run = Cli.Run("completoins");

        Assert.Equal(2, run.Code);
        Assert.Equal("error: `completoins` is no command of kohaku\n  = The nearest is: kohaku completions\n", run.Error);
    }

    [Fact]
    public void An_unknown_option_names_the_nearest()
    {
        var run = Cli.Run("completions", "--hepl");

        Assert.Equal(2, run.Code);
        Assert.Contains("`--hepl` is no option of kohaku completions", run.Error, StringComparison.Ordinal);
        Assert.Contains("The nearest is --help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_takes_at_most_three_lines()
    {
        Assert.True(Cli.Run("completions", "tcsh").Error.Count(c => c == '\n') <= 3);
    }

    [Fact]
    public void Verbose_shows_where_an_error_comes_from() =>
        Assert.Contains("   at Kohaku.Cli.", Cli.Run("completions", "tcsh", "--verbose").Error, StringComparison.Ordinal);

    [Fact]
    public void Every_command_has_help_that_fits_a_terminal()
    {
        foreach (var row in Kohaku.Cli.Commands.CommandTable.Rows)
        {
            var run = Cli.Run([.. row.Name.Split(' '), "--help"]);
            Assert.Equal(0, run.Code);
            Assert.Contains($"kohaku {row.Name} [OPTIONS]", run.Output, StringComparison.Ordinal);
        }
    }
}
