using Kohaku.Syntax.Tokens;
using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>What the linter looks things up in. Everything here was read before, or is read by who made it: rules do no input or output.</summary>
/// <param name="Lookup">The tag lists.</param>
public sealed record LintServices(TagLookup Lookup)
{
    /// <summary>Gives CLIP's vocabulary; called when a prompt may not fit one chunk, from any thread. Null where nobody counts tokens.</summary>
    public Func<ClipTable>? Vocabulary { get; init; }

    /// <summary>The networks in the configured folders; null where none is configured, so that nobody can say what is missing.</summary>
    public NetworkCatalog? Networks { get; init; }
}
