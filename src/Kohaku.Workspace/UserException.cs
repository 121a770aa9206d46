namespace Kohaku.Workspace;

/// <summary>A run that cannot go on, in words for the person who started it: where, what, and what to do.</summary>
/// <param name="what">The place and the fact: <c>kohaku.json:7:15: rules.weak-tags: no such rule</c>.</param>
/// <param name="action">What to do about it, where something can be done.</param>
public sealed class UserException(string what, string? action = null) : Exception(what)
{
    /// <summary>What to do about it.</summary>
    public string? Action { get; } = action;
}
