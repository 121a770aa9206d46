using Kohaku.Analysis.Editing;

namespace Kohaku.LanguageServer.Editing;

/// <summary>The commands of the server, and what its actions are called on the wire.</summary>
internal static class ServerCommands
{
    /// <summary>Applies one fix of one finding: for clients that take commands only.</summary>
    public const string ApplyFix = Prefix + "applyFix";

    private const string Prefix = "kohaku.server.";

    private static readonly (PromptAction Action, string Name, string Title)[] s_actions =
    [
        (PromptAction.RaiseWeight, "raiseWeight", "Raise the weight"),
        (PromptAction.LowerWeight, "lowerWeight", "Lower the weight"),
        (PromptAction.RemoveWeight, "removeWeight", "Remove the weight"),
        (PromptAction.WrapSelection, "wrapSelection", "Wrap in emphasis"),
        (PromptAction.SortSections, "sortSections", "Sort the sections"),
        (PromptAction.FixAll, "fixAll", "Fix all that is safe to fix"),
        (PromptAction.EmphasizeWeakTags, "emphasizeWeakTags", "Emphasise all weak tags"),
        (PromptAction.EscapeBrackets, "escapeBrackets", "Escape the brackets"),
        (PromptAction.ToComfyUI, "toComfyUI", "Convert A1111 weights to ComfyUI"),
        (PromptAction.ToA1111, "toA1111", "Convert ComfyUI weights to A1111"),
        (PromptAction.SplitAtBreak, "splitAtBreak", "Split at BREAK"),
    ];

    /// <summary>All commands.</summary>
    public static string[] All { get; } = [.. s_actions.Select(row => Prefix + row.Name), ApplyFix];

    /// <summary>An action's name.</summary>
    public static string NameOf(PromptAction action) => Array.Find(s_actions, row => row.Action == action).Name;

    /// <summary>An action's command.</summary>
    public static string CommandOf(PromptAction action) => Prefix + NameOf(action);

    /// <summary>What menus call an action.</summary>
    public static string TitleOf(PromptAction action) => Array.Find(s_actions, row => row.Action == action).Title;

    /// <summary>The action with a name, or the command's; null where there is none.</summary>
    public static PromptAction? Find(string nameOrCommand)
    {
        var name = nameOrCommand.StartsWith(Prefix, StringComparison.Ordinal) ? nameOrCommand[Prefix.Length..] : nameOrCommand;
        foreach (var row in s_actions)
            if (row.Name == name) return row.Action;
        return null;
    }
}
