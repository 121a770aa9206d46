using System.CommandLine;
using Kohaku.Cli.Commands;
using Kohaku.Cli.Terminal;
using Kohaku.Jobs;
using Kohaku.Tags;

namespace Kohaku.Cli;

/// <summary>The program without its process: arguments and streams in, exit code out.</summary>
internal static class Application
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = true };

    /// <summary>The version, as <c>--version</c> prints it.</summary>
    public static string Version { get; } =
        typeof(Application).Assembly.GetName().Version is { } version ? $"{version.Major}.{version.Minor}.{version.Build}" : "0";

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code: <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, Session session)
    {
        try
        {
            return Dispatch(arguments, session);
        }
        catch (UserException error)
        {
            return Fail(session, error.Message, error.Action, arguments, error);
        }
        catch (TagDataException error)
        {
            return Fail(session, error.Message, null, arguments, error);
        }
        catch (GenerationException error)
        {
            return Fail(session, error.Message, error.Help, arguments, error);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException failure) when (StandardOutput.IsReaderGone(failure))
        {
            return ExitCode.Clean;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Whoever reads or writes files of the user's catches their failures: what comes through is standard output's.
            return Fail(session, StandardOutput.IsFull(failure) ? "standard output: the disk is full" : failure.Message, null, arguments, failure);
        }
#pragma warning disable CA1031 // The last door: whatever comes out of it would be a stack trace for the user.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Fail(session, $"internal error: {failure.GetType().Name}: {failure.Message}", "Report it with the output of --verbose", arguments, failure);
        }
    }

    /// <summary>Builds a row's command with the options that all have.</summary>
    public static (CommandFrame Frame, Option<bool> Help) Build(CommandRow row, Session session)
    {
        var frame = row.Build(row, session);
        frame.Group("Always");
        frame.Flag("--verbose", "Show where an error comes from");
        return (frame, frame.Flag("--help", "Show this help", "-h"));
    }

    private static int Dispatch(string[] arguments, Session session)
    {
        if (arguments.Length == 0 || arguments[0] is "--help" or "-h") return HelpPage.Overview(session);
        if (arguments[0] is "--version" or "-V") return PrintVersion(session);
        if (arguments[0] == "help") return Help(arguments.AsSpan(1), session);

        var (row, words) = CommandTable.Find(arguments);
        if (row is null) return NoCommand(arguments, session);

        var (frame, help) = Build(row, session);
        // The name goes in front: else a path that is called like the command would be taken for it.
        string[] line = [frame.Command.Name, .. arguments.AsSpan(words)];
        var result = frame.Command.Parse(line, Parsing);
        if (result.GetValue(help)) return HelpPage.Of(frame, session);

        RequireKnownOptions(frame, result, arguments);
        if (result.Errors.Count > 0) throw new UserException(result.Errors[0].Message, $"See: kohaku {frame.Name} --help");

        return frame.Run(result);
    }

    private static int PrintVersion(Session session)
    {
        using var output = session.OpenOutput();
        output.Write("kohaku " + Version + "\n");
        return ExitCode.Clean;
    }

    private static int Help(ReadOnlySpan<string> words, Session session)
    {
        if (words.IsEmpty) return HelpPage.Overview(session);

        var (row, _) = CommandTable.Find(words);
        return row is null ? NoCommand(words, session) : HelpPage.Of(Build(row, session).Frame, session);
    }

    private static int NoCommand(ReadOnlySpan<string> words, Session session)
    {
        var word = words[0];
        if (CommandTable.IsGroup(word))
        {
            if (words.Length == 1 || words[1] is "--help" or "-h") return HelpPage.Group(word, session);
            word = $"{word} {words[1]}";
        }

        var kind = word.StartsWith('-') ? "option" : "command";
        var nearest = Nearest.Of(word, CommandTable.Rows.Where(row => !row.Hidden).Select(row => row.Name));
        throw new UserException(
            $"`{word}` is no {kind} of kohaku",
            nearest is null ? "See: kohaku --help" : $"The nearest is: kohaku {nearest}");
    }

    // The parser takes an unknown option for an argument, since it could be a path; here paths that begin with - come after --.
    private static void RequireKnownOptions(CommandFrame frame, ParseResult result, string[] arguments)
    {
        var end = Array.IndexOf(arguments, "--");
        var before = end < 0 ? arguments : arguments[..end];
        var stray = result.CommandResult.Tokens.Select(token => token.Value).Concat(result.UnmatchedTokens);
        foreach (var word in stray)
        {
            if (word.Length < 2 || word[0] != '-' || Array.IndexOf(before, word) < 0) continue;

            var name = word.Split('=', ':')[0];
            var nearest = Nearest.Of(name, frame.Command.Options.Select(option => option.Name));
            throw new UserException(
                $"`{name}` is no option of kohaku {frame.Name}",
                nearest is null ? $"See: kohaku {frame.Name} --help" : $"The nearest is {nearest}; a file of that name is written behind --");
        }
    }

    private static int Fail(Session session, string what, string? action, string[] arguments, Exception failure)
    {
        using var output = session.OpenError();
        var page = new Page(output, session.ErrorLook);
        page.Write("error", Ink.Error).Write(": ").WriteForeign(what).Line();
        if (action is not null) page.Write("  = ", Ink.Faint).WriteForeign(action).Line();
        if (arguments.Contains("--verbose")) page.WriteLines(failure.ToString());
        return ExitCode.Failed;
    }
}
