namespace Kohaku.LanguageServer.Editing;

/// <summary>The kinds of code actions, which are a hierarchy: <c>source.fixAll</c> asks for <c>source.fixAll.kohaku</c> too.</summary>
internal static class ActionKinds
{
    public const string QuickFix = "quickfix";
    public const string Rewrite = "refactor.rewrite";
    public const string FixAll = "source.fixAll.kohaku";
    public const string SortSections = "source.sortSections.kohaku";

    /// <summary>All of them.</summary>
    public static string[] All { get; } = [QuickFix, Rewrite, FixAll, SortSections];

    /// <summary>Whether a kind is asked for.</summary>
    /// <param name="only">What is asked for; everything where null or empty.</param>
    /// <param name="kind">One of <see cref="All"/>.</param>
    public static bool IsWanted(string[]? only, string kind) =>
        only is not { Length: > 0 } || Array.Exists(only, wanted => wanted.Length == 0 || kind == wanted || kind.StartsWith(wanted + ".", StringComparison.Ordinal));
}
