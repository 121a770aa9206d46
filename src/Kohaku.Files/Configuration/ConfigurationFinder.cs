using System.Collections.Concurrent;

namespace Kohaku.Files.Configuration;

/// <summary>Finds the <c>kohaku.json</c> that holds for a folder: in it, or in the nearest folder above. Each folder is looked at once.</summary>
/// <remarks>Safe for any number of threads.</remarks>
public sealed class ConfigurationFinder
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "kohaku.json";

    private readonly ConcurrentDictionary<string, string?> found = new(StringComparer.Ordinal);

    /// <summary>The configuration for the files of a folder.</summary>
    /// <param name="directory">Absolute.</param>
    /// <returns>Its absolute path, or null where there is none.</returns>
    public string? Find(string directory)
    {
        if (found.TryGetValue(directory, out var known)) return known;

        var file = Path.Combine(directory, FileName);
        var result = File.Exists(file) ? file : Path.GetDirectoryName(directory) is { } above ? Find(above) : null;
        found[directory] = result;
        return result;
    }

    /// <summary>Forgets what was found: files came or went.</summary>
    public void Forget() => found.Clear();
}
