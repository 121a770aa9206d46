using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Editing;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Editing;

/// <summary>Texts with the cursor at <c>‸</c>, or a selection between two of them, before and after an action.</summary>
internal static class Edited
{
    /// <summary>Delta's settings in ComfyUI's dialect.</summary>
    public static Settings Comfy { get; } = new(Shipped.Delta.Severities.ToArray())
    {
        Profile = Shipped.Delta.Profile,
        Thresholds = Shipped.Delta.Thresholds,
        Emphasis = Shipped.Delta.Emphasis,
        Dialect = Dialect.ComfyUI,
    };

    /// <summary>The text after an action, with its cursor or selection.</summary>
    public static string By(PromptAction action, string marked, Settings? settings = null)
    {
        var (text, selection) = Read(marked);
        var edits = Edits(action, text, selection, settings);
        return Mark(TextEdits.Apply(text, edits), SelectionMap.Map(edits, selection));
    }

    /// <summary>The edits of an action.</summary>
    public static IReadOnlyList<TextEdit> Edits(PromptAction action, string text, TextSpan selection, Settings? settings = null)
    {
        settings ??= Shipped.Delta;
        return PromptEdits.Of(action, SyntaxTree.Parse(text, settings.ParseOptions), new PromptReader(settings, Shipped.Services, 256), selection);
    }

    /// <summary>The text after an action.</summary>
    public static string Text(PromptAction action, string text, TextSpan selection, Settings? settings = null) =>
        TextEdits.Apply(text, Edits(action, text, selection, settings));

    private static (string Text, TextSpan Selection) Read(string marked)
    {
        var parts = marked.Split('‸');
        return parts.Length switch
        {
            2 => (parts[0] + parts[1], new TextSpan(parts[0].Length, 0)),
            3 => (string.Concat(parts), new TextSpan(parts[0].Length, parts[1].Length)),
            _ => throw new ArgumentException("one cursor or two ends of a selection", nameof(marked)),
        };
    }

    private static string Mark(string text, TextSpan selection)
    {
        var marked = text.Insert(selection.End, "‸");
        return selection.Length == 0 ? marked : marked.Insert(selection.Start, "‸");
    }
}
