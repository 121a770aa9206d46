using Kohaku.Analysis.Text;

namespace Kohaku.Analysis.Configuration.Json;

/// <summary>Collects what is wrong with one JSON text.</summary>
internal sealed class JsonProblems(string file, JsonText text)
{
    private readonly List<ConfigurationProblem> problems = [];

    public IReadOnlyList<ConfigurationProblem> All => problems;

    public void Add(int offset, string key, string fact)
    {
        var (line, column) = text.PlaceOf(offset);
        problems.Add(new ConfigurationProblem(file, line, column, key, fact));
    }

    /// <summary>The text itself is no JSON.</summary>
    public void AddError() => problems.Add(new ConfigurationProblem(file, text.ErrorPlace.Line, text.ErrorPlace.Column, "", text.Error));

    /// <summary>A name that stands in none of the known ones.</summary>
    public void AddUnknown(int offset, string key, string name, string what, IEnumerable<string> known) =>
        Add(offset, key, EditDistance.Nearest(name, known) is { } near ? $"no such {what}; the nearest is {near}" : $"no such {what}");
}
