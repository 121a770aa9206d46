using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary>What was used, in the numbers of one lookup; never changed.</summary>
/// <param name="Version">Of the <see cref="UsageMemory"/> that it was made of.</param>
/// <param name="Used">The tags used in the workspace.</param>
/// <param name="Beside">By tag, those that were used with it more than once.</param>
internal sealed record UsageView(int Version, HashSet<TagId> Used, Dictionary<TagId, TagId[]> Beside);
