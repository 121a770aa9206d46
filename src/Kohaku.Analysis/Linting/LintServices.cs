using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>What the linter looks things up in. Everything here was read before: rules do no input or output.</summary>
/// <param name="Lookup">The tag lists.</param>
public sealed record LintServices(TagLookup Lookup);
