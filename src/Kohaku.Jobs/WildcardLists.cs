using Kohaku.Files;

namespace Kohaku.Jobs;

/// <summary>The lines of <c>__name__</c>, from text files below the configured folders; each is read once.</summary>
/// <remarks>As the dynamic-prompts library reads them: blank lines and those that begin with <c>#</c> are passed over, and <c>*</c> takes all that match, in order.</remarks>
/// <param name="folders">As configured; of two files with one name the first folder's counts.</param>
/// <param name="report">Told of what cannot be read.</param>
public sealed class WildcardLists(IReadOnlyList<string> folders, Action<FileProblem> report)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _read = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _names;

    /// <summary>The lines; none where there is no such list.</summary>
    public IReadOnlyList<string>? Lines(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _names ??= WildcardFolder.List(folders, report);
        if (!name.Contains('*', StringComparison.Ordinal)) return _names.Contains(name, StringComparer.Ordinal) ? Read(name) : null;

        return [.. _names.Where(known => WildcardFolder.Matches(name, known)).SelectMany(Read)];
    }

    private IReadOnlyList<string> Read(string name)
    {
        if (_read.TryGetValue(name, out var known)) return known;

        var path = folders.Select(folder => Path.Combine(folder, name + ".txt")).First(File.Exists);
        if (TextFile.TryRead(path, out var file, out var problem))
            return _read[name] = [.. file.Text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

        report(problem);
        return _read[name] = [];
    }
}
