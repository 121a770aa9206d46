using System.Collections.Concurrent;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.LanguageServer.Diagnosing;
using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Session;

/// <summary>Configuration and tags as they are until one of them changes; then there is another setup.</summary>
internal sealed class Setup
{
    private static long s_lastPool;

    private readonly Configurations _configurations;
    private readonly Knowledge _knowledge;
    private readonly ConcurrentDictionary<Settings, WorkbenchPool> _pools = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _problems = [];

    /// <summary>A setup; nothing is read before it is asked for.</summary>
    public Setup(Surroundings surroundings, TagIndexSource index, EditorSettings editor, bool isTrusted)
    {
        (Surroundings, Editor, IsTrusted) = (surroundings with { Warn = Note }, editor, isTrusted);
        _configurations = new Configurations(null, editor.Layer, isTrusted);

        // A list that cannot be read must not take the editor's other help away.
        _knowledge = new Knowledge(Surroundings, isTrusted, () => index.Open(Note), leavesOut: true);
    }

    /// <summary>When this setup was made, before anything was read for it.</summary>
    public DateTime Made { get; } = DateTime.UtcNow;

    /// <summary>The client's settings.</summary>
    public EditorSettings Editor { get; }

    /// <summary>Whether files that the workspace names may be read.</summary>
    public bool IsTrusted { get; }

    /// <summary>Which documents keep their findings.</summary>
    public KeptFindings Kept { get; } = new();

    /// <summary>What may be touched.</summary>
    public Surroundings Surroundings { get; }

    /// <summary>What was wrong in the configurations used so far, those of the editor among them.</summary>
    public IReadOnlyList<ConfigurationProblem> ConfigurationProblems => [.. Editor.Problems, .. _configurations.Problems];

    /// <summary>The configurations and profiles read so far; absolute.</summary>
    public IReadOnlyCollection<string> ConfigurationFiles => _configurations.Files;

    /// <summary>What else could not be used, each once, in the order in which it was found: tag lists, network folders.</summary>
    public IReadOnlyCollection<string> Problems
    {
        get
        {
            lock (_problems) return [.. _problems];
        }
    }

    /// <summary>The settings of a file.</summary>
    public Settings SettingsFor(string path) => _configurations.For(path);

    /// <summary>Whether <c>exclude</c> passes a file over.</summary>
    public bool IsExcluded(string path) => _configurations.IsExcluded(path);

    /// <summary>The workbenches for a file.</summary>
    /// <exception cref="TagDataException">Not even the tags that ship can be read.</exception>
    public WorkbenchPool PoolFor(string path) => _pools.GetOrAdd(
        SettingsFor(path),
        static (settings, setup) => new WorkbenchPool(settings, setup._knowledge.For(settings), Interlocked.Increment(ref s_lastPool)),
        this);

    /// <summary>Opens what a file is linted with; where that fails, <see cref="Problems"/> says so.</summary>
    public void TryOpen(string path)
    {
        try
        {
            PoolFor(path);
        }
        catch (Exception error) when (error is TagDataException or UserException)
        {
            Note(error.Message);
        }
    }

    private void Note(string problem)
    {
        lock (_problems)
        {
            if (!_problems.Contains(problem)) _problems.Add(problem);
        }
    }
}
