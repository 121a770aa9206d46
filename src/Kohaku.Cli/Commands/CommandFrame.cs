using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Kohaku.Cli.Commands;

/// <summary>One command: its options in named groups, in the order in which its help shows them.</summary>
/// <remarks>Only the command that runs is built: building all of them costs a start more than parsing.</remarks>
internal sealed class CommandFrame
{
    private readonly List<OptionGroup> _groups = [];

    /// <summary>Begins a command.</summary>
    /// <param name="name">As it is typed, with its parent: <c>tags search</c>.</param>
    /// <param name="summary">One line, without a full stop.</param>
    public CommandFrame(string name, string summary)
    {
        Name = name;
        Summary = summary;
        Command = new Command(name[(name.LastIndexOf(' ') + 1)..], summary);
    }

    /// <summary>As it is typed, with its parent.</summary>
    public string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public string Summary { get; }

    /// <summary>The parser's view of it.</summary>
    public Command Command { get; }

    /// <summary>Options as help shows them.</summary>
    public IReadOnlyList<OptionGroup> Groups => _groups;

    /// <summary>The positional argument as help writes it: <c>[PATHS…]</c>; empty without one.</summary>
    public string ArgumentUsage { get; private set; } = "";

    /// <summary>What runs; the result is the exit code.</summary>
    public Func<ParseResult, int> Run { get; set; } = _ => ExitCode.Failed;

    /// <summary>Command lines to copy, each with what it does.</summary>
    public List<Example> Examples { get; } = [];

    /// <summary>Names the group that the options after it belong to.</summary>
    public CommandFrame Group(string title)
    {
        _groups.Add(new OptionGroup(title, []));
        return this;
    }

    /// <summary>Adds an option that stands alone.</summary>
    public Option<bool> Flag(string name, string description, params string[] aliases) =>
        Added(new Option<bool>(name, aliases) { Description = description });

    /// <summary>Adds an option with a value.</summary>
    public Option<string?> Text(string name, string value, string description, params string[] aliases) =>
        Added(new Option<string?>(name, aliases) { Description = description, HelpName = value });

    /// <summary>Adds an option that takes one of a few words.</summary>
    public Option<string?> Choice(string name, string value, string description, string[] words, params string[] aliases)
    {
        var option = Text(name, value, description, aliases);
        option.CompletionSources.Add(words);
        option.Validators.Add(result => RequireOneOf(result, words));
        return option;
    }

    /// <summary>Adds an option whose value shells complete from a few words, while others may be right too.</summary>
    public Option<string?> Suggested(string name, string value, string description, IEnumerable<string> words)
    {
        var option = Text(name, value, description);
        option.CompletionSources.Add([.. words]);
        return option;
    }

    /// <summary>Adds an option with a whole number of at least one.</summary>
    public Option<int> Number(string name, string value, string description, params string[] aliases) => Whole<int>(name, value, description, aliases);

    /// <summary>Adds an option with the place of something in a row, from one; rows may be longer than 2³¹.</summary>
    public Option<long> Ordinal(string name, string value, string description) => Whole<long>(name, value, description, []);

    /// <summary>Adds an option with a number.</summary>
    public Option<double?> Decimal(string name, string value, string description)
    {
        var option = new Option<double?>(name)
        {
            Description = description,
            HelpName = value,
            CustomParser = result =>
            {
                if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;

                result.AddError($"{name}: {result.Tokens[0].Value} is not a number");
                return null;
            },
        };
        return Added(option);
    }

    /// <summary>Adds an option that may be given several times; its values are taken as they are.</summary>
    public Option<string[]> Several(string name, string value, string description) =>
        Added(new Option<string[]>(name) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false });

    /// <summary>Adds an option that may be given several times, or once with commas.</summary>
    public Option<string[]> List(string name, string value, string description, params string[] aliases)
    {
        var option = new Option<string[]>(name, aliases)
        {
            Description = description,
            HelpName = value,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            CustomParser = SplitAtCommas,
        };
        return Added(option);
    }

    /// <summary>Adds what stands after the options.</summary>
    public Argument<string[]> Arguments(string name, string description, int atLeast = 0, int atMost = int.MaxValue)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = new ArgumentArity(atLeast, 100_000) };
        argument.Validators.Add(result =>
        {
            if (result.Tokens.Count > atMost) result.AddError($"`{result.Tokens[atMost].Value}` is one argument too many");
        });
        Command.Add(argument);
        ArgumentUsage = atMost == 1 ? name : name + "…";
        if (atLeast == 0) ArgumentUsage = $"[{ArgumentUsage}]";
        return argument;
    }

    private Option<T> Whole<T>(string name, string value, string description, string[] aliases)
        where T : struct, IBinaryInteger<T>
    {
        var option = new Option<T>(name, aliases)
        {
            Description = description,
            HelpName = value,
            CustomParser = result =>
            {
                if (T.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= T.One) return number;

                result.AddError($"{name}: {result.Tokens[0].Value} is not a whole number of at least 1");
                return T.Zero;
            },
        };
        return Added(option);
    }

    private static void RequireOneOf(OptionResult result, string[] words)
    {
        foreach (var token in result.Tokens)
        {
            if (words.Contains(token.Value, StringComparer.Ordinal)) continue;

            var nearest = Nearest.Of(token.Value, words);
            var hint = nearest is null ? $"one of {string.Join(", ", words)}" : $"the nearest is {nearest}";
            result.AddError($"{result.Option.Name}: `{token.Value}` is not known; {hint}");
        }
    }

    private static string[] SplitAtCommas(ArgumentResult result)
    {
        var values = new List<string>();
        foreach (var token in result.Tokens)
        {
            values.AddRange(token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        return [.. values];
    }

    private T Added<T>(T option)
        where T : Option
    {
        if (_groups.Count == 0) Group("Options");
        Command.Add(option);
        _groups[^1].Options.Add(option);
        return option;
    }
}

/// <summary>Options that belong together.</summary>
/// <param name="Title">What help calls them.</param>
/// <param name="Options">In help's order.</param>
internal sealed record OptionGroup(string Title, List<Option> Options);

/// <summary>A command line to copy.</summary>
/// <param name="Line">What is typed.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record Example(string Line, string Meaning);
