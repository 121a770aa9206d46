namespace Kohaku.Cli.Reporters;

/// <summary>One output format. Findings come in order: by file, then by place.</summary>
internal abstract class Reporter
{
    /// <summary>Called once, before all else.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>The findings of one file; not called for a clean one.</summary>
    public abstract void Report(IReadOnlyList<Finding> findings);

    /// <summary>A file that could not be linted. It stands on standard error too; only formats with a place for it write it.</summary>
    public virtual void Report(Failure failure)
    {
    }

    /// <summary>Called once, after all else.</summary>
    public virtual void End(RunSummary summary)
    {
    }
}
