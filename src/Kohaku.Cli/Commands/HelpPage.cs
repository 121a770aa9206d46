using System.CommandLine;
using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Commands;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpPage
{
    /// <summary>The program: its commands and how to begin.</summary>
    public static int Overview(Session session)
    {
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        page.Write("kohaku", Ink.Model).Line(" lints, fixes and formats prompts for the Kohaku-XL models.").Line();
        page.Write("Usage", Ink.Strong).Line(": kohaku COMMAND [OPTIONS]").Line();
        Heading(page, "Commands");
        Commands(page, CommandTable.Rows.Where(row => !row.Hidden));
        page.Line();
        Heading(page, "Begin with");
        Examples(page, [new("kohaku lint library/", "findings in a folder of prompts"), new("kohaku lint --fix library/", "mend what is safe to mend")]);
        page.Line().Write("kohaku COMMAND --help", Ink.Strong).Line(" shows a command's options.");
        return ExitCode.Clean;
    }

    /// <summary>The commands under one word: <c>tags</c>.</summary>
    public static int Group(string word, Session session)
    {
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        page.Write("Usage", Ink.Strong).Line($": kohaku {word} COMMAND [OPTIONS]").Line();
        Heading(page, "Commands");
        Commands(page, CommandTable.Rows.Where(row => row.Name.StartsWith(word + " ", StringComparison.Ordinal)));
        return ExitCode.Clean;
    }

    /// <summary>One command: options by group, then examples.</summary>
    public static int Of(CommandFrame frame, Session session)
    {
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        page.Line($"{frame.Summary}.").Line();
        var argument = frame.ArgumentUsage.Length == 0 ? "" : $" {frame.ArgumentUsage}";
        page.Write("Usage", Ink.Strong).Line($": kohaku {frame.Name} [OPTIONS]{argument}");
        foreach (var described in frame.Command.Arguments)
        {
            page.Line();
            Row(page, described.Name, described.Description ?? "", Math.Max(24, described.Name.Length + 4));
        }

        var width = frame.Groups.SelectMany(group => group.Options).Max(option => Left(option).Length) + 4;
        foreach (var group in frame.Groups.Where(group => group.Options.Count > 0))
        {
            page.Line();
            Heading(page, group.Title);
            foreach (var option in group.Options) Row(page, Left(option), option.Description ?? "", width);
        }

        if (frame.Examples.Count == 0) return ExitCode.Clean;

        page.Line();
        Heading(page, "Examples");
        Examples(page, frame.Examples);
        return ExitCode.Clean;
    }

    private static string Left(Option option)
    {
        var names = option.Aliases.Count == 0 ? option.Name : $"{string.Join(", ", option.Aliases)}, {option.Name}";
        return option.HelpName is null ? names : $"{names} {option.HelpName}";
    }

    private static void Heading(Page page, string title) => page.Write(title, Ink.Strong).Line();

    private static void Commands(Page page, IEnumerable<CommandRow> rows)
    {
        var shown = rows.ToList();
        var width = shown.Max(row => row.Name.Length) + 4;
        foreach (var row in shown) Row(page, row.Name, row.Summary, width);
    }

    private static void Examples(Page page, IReadOnlyList<Example> examples)
    {
        var width = examples.Max(example => example.Line.Length) + 4;
        foreach (var example in examples)
        {
            page.Write("  ").Write(example.Line, Ink.Info).Repeat(' ', width - example.Line.Length).Write(example.Meaning, Ink.Faint).Line();
        }
    }

    // The description keeps its column when it takes several lines.
    private static void Row(Page page, string left, string right, int width)
    {
        page.Write("  ").Write(left, Ink.Info).Repeat(' ', width - left.Length);
        Paragraph.Write(page, right, width + 2);
    }
}
