using System.Collections.Concurrent;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;

namespace Kohaku.LanguageServer.Session;

/// <summary>The workbenches of one configuration. What was found with one pool holds as long as that pool is in use.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="services">What tags are looked up in.</param>
/// <param name="id">Differs from that of every other pool of the process.</param>
internal sealed class WorkbenchPool(Settings settings, LintServices services, long id)
{
    private readonly ConcurrentStack<Workbench> _idle = [];

    /// <summary>The configuration.</summary>
    public Settings Settings => settings;

    /// <summary>What tags are looked up in.</summary>
    public LintServices Services => services;

    /// <summary>Differs from that of every other pool of the process.</summary>
    public long Id => id;

    /// <summary>A workbench, to be disposed.</summary>
    public Workbench Rent() => _idle.TryPop(out var bench) ? bench : new Workbench(this);

    /// <summary>Gives one back. As many as there are processors are kept.</summary>
    internal void Return(Workbench bench)
    {
        if (_idle.Count < Environment.ProcessorCount) _idle.Push(bench);
    }
}
