using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis;

/// <summary>One pattern that the linter knows. Rules hold no state: one instance serves all threads.</summary>
public abstract class Rule
{
    /// <summary>Its id, name and default severity.</summary>
    public abstract RuleInfo Info { get; }

    /// <summary>Whether negative prompts are looked at too.</summary>
    public virtual bool InNegative => false;

    /// <summary>Position in <see cref="RuleRegistry.All"/>.</summary>
    public int Index { get; internal set; } = -1;

    /// <summary>Looks at one side of a prompt and reports what it finds there.</summary>
    /// <param name="prompt">The positive or, with <see cref="InNegative"/>, the negative side.</param>
    /// <param name="report">Takes the findings.</param>
    public abstract void Check(PromptView prompt, Report report);
}
