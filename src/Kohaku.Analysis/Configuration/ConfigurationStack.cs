namespace Kohaku.Analysis.Configuration;

/// <summary>A configuration with all that it extends: its layers, the lowest first.</summary>
internal sealed record ConfigurationStack(IReadOnlyList<ConfigurationFile> Files, IReadOnlyList<ConfigurationProblem> Problems)
{
    public static ConfigurationStack Empty { get; } = new([], []);
}

/// <summary>Reads configurations with all that they extend.</summary>
internal sealed class ConfigurationLoader(RuleTable rules, ReadText read)
{
    /// <summary>Longer chains come from links that lead in circles under ever new names.</summary>
    private const int LongestChain = 32;

    private readonly Dictionary<string, ConfigurationFile> files = new(StringComparer.Ordinal);

    public ConfigurationStack Load(string path)
    {
        var stack = new List<ConfigurationFile>();
        var problems = new List<ConfigurationProblem>();
        Add(path, [], stack, problems);
        problems.AddRange(stack.SelectMany(file => file.Problems));
        return new ConfigurationStack(stack, problems);
    }

    /// <summary>Adds a file behind all that it extends, once.</summary>
    private void Add(string path, List<string> chain, List<ConfigurationFile> stack, List<ConfigurationProblem> problems)
    {
        if (stack.Exists(file => file.Path == path)) return;
        if (!TryRead(path, out var file, out var error))
        {
            problems.Add(new ConfigurationProblem(path, 0, 0, "", error));
            return;
        }

        chain.Add(path);
        foreach (var entry in file.Extends)
        {
            if (Refusal(entry, chain) is { } fact) problems.Add(new ConfigurationProblem(path, entry.Line, entry.Column, "extends", fact));
            else Add(entry.Path, chain, stack, problems);
        }

        chain.RemoveAt(chain.Count - 1);
        stack.Add(file);
    }

    /// <summary>Why an entry of <c>extends</c> cannot be followed, or null.</summary>
    private string? Refusal(ExtendsEntry entry, List<string> chain)
    {
        if (chain.IndexOf(entry.Path) is var start and >= 0)
        {
            var circle = chain.Skip(start).Append(entry.Path).Select(Name);
            return $"{string.Join(" extends ", circle)}: a configuration cannot extend itself";
        }

        if (chain.Count >= LongestChain) return $"the chain of extends is longer than {LongestChain}";
        return TryRead(entry.Path, out _, out var error) ? null : $"{entry.Path}: {error}";
    }

    private bool TryRead(string path, out ConfigurationFile file, out string error)
    {
        error = "";
        if (files.TryGetValue(path, out file!)) return true;

        var text = read(path);
        if (text.Text is null)
        {
            error = text.Error ?? "the file cannot be read";
            return false;
        }

        file = ConfigurationReader.Read(text.Text, path, rules);
        files.Add(path, file);
        return true;
    }

    private static string Name(string path) => System.IO.Path.GetFileName(path);
}
