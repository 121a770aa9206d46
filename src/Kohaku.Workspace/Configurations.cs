using System.Collections.Concurrent;
using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Files.Configuration;

namespace Kohaku.Workspace;

/// <summary>Which settings hold for which file: the nearest <c>kohaku.json</c> above it, or the one that was named, with the command line or the editor over it.</summary>
public sealed class Configurations
{
    private readonly ConfigurationFinder _finder = new();
    private readonly SettingsSource _source;
    private readonly string? _named;
    private readonly bool _readsNamedFiles;
    private readonly ConcurrentDictionary<string, byte> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _found = new(StringComparer.Ordinal);

    /// <summary>Configurations for a run.</summary>
    /// <param name="named">The one to use for all files, absolute; null to look for each file's own.</param>
    /// <param name="over">What lies over all: the command line's options, or the editor's settings.</param>
    /// <param name="readsNamedFiles">Whether files that a configuration names (profiles, what it extends) are read: not in a workspace that nobody trusts.</param>
    /// <exception cref="UserException">The one named is not there.</exception>
    public Configurations(string? named, ConfigurationLayer over, bool readsNamedFiles = true)
    {
        _named = named;
        _readsNamedFiles = readsNamedFiles;
        _source = new SettingsSource(RuleRegistry.Rules, Read, [over]);
        if (named is not null && !File.Exists(named)) throw new UserException($"{named}: no such file", "Make one with: kohaku init");
    }

    /// <summary>What was wrong in the configurations used so far.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems => _source.Problems;

    /// <summary>The configurations and profiles read so far, those that others extend among them; absolute.</summary>
    public IReadOnlyCollection<string> Files => [.. _files.Keys];

    /// <summary>The settings of a file.</summary>
    /// <param name="absolutePath">The file; it need not exist.</param>
    public Settings For(string absolutePath) => _source.For(FileFor(Path.GetDirectoryName(absolutePath) ?? absolutePath), absolutePath);

    /// <summary>Whether <c>exclude</c> passes a file over.</summary>
    public bool IsExcluded(string absolutePath) => _source.IsExcluded(FileFor(Path.GetDirectoryName(absolutePath) ?? absolutePath), absolutePath);

    private ConfigurationText Read(string path)
    {
        if (!_readsNamedFiles && !_found.ContainsKey(path)) return new ConfigurationText(null, "not read, since the workspace is not trusted");

        if (Path.IsPathRooted(path)) _files.TryAdd(path, 0);
        return ConfigurationText.Read(path);
    }

    private string? FileFor(string folder)
    {
        var file = _named ?? _finder.Find(folder);
        if (file is not null) _found.TryAdd(file, 0);
        return file;
    }
}
