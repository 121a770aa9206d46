using System.Buffers;
using Kohaku.Analysis.Fixes;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Completion;

/// <summary>Writes a tag as it must stand at a place.</summary>
public static class TagInsertion
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("#|:{}$\\>");

    /// <summary>The text for a place: brackets escaped, what is missing before and behind added.</summary>
    /// <param name="tree">The text that the place is in.</param>
    /// <param name="place">The place.</param>
    /// <param name="tag">The tag as the model reads it.</param>
    public static string Text(SyntaxTree tree, CompletionPlace place, string tag)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(place);
        var written = Edit.Escape(tag, tree.Options.Dialect);

        // Without a comma the number of `reverse:1999` would be a weight (KHK206).
        var behind = place.EndsRun && EndsInNumber(tag) ? "," + place.Behind : place.Behind;
        return place.Before.Length + behind.Length == 0 ? written : string.Concat(place.Before, written, behind);
    }

    /// <summary>Whether a tag can be written at a place at all: some characters have no escape.</summary>
    /// <param name="tree">The text that the place is in.</param>
    /// <param name="place">The place.</param>
    /// <param name="tag">The tag as the model reads it.</param>
    public static bool IsWritable(SyntaxTree tree, CompletionPlace place, ReadOnlySpan<char> tag)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(place);
        if (tag.IndexOfAny(s_special) < 0) return true;
        if (tree.Options.Comments && tag.Contains('#')) return false;
        if (tag.Contains('>') && IsBehindOpenNetwork(tree, place)) return false;

        // A bracket of variants that is not closed yet may reach beyond an AND.
        if (tree.Options.DynamicPrompts && tag.Contains('|') && Before(tree, place).Contains('{')) return false;
        if (tree.Options.DynamicPrompts && tag.IndexOfAny("{}$\\") >= 0) return false;
        for (var group = place.Group; group >= 0; group = tree.Groups[group].Parent)
            if (tree.Groups[group].Kind != GroupKind.Round && tag.IndexOfAny("|:") >= 0) return false;
        return true;
    }

    // In `<lora:a, ` the next `>` closes the network, whatever it belongs to.
    private static bool IsBehindOpenNetwork(SyntaxTree tree, CompletionPlace place)
    {
        var before = Before(tree, place);
        before = before[(before.LastIndexOf('>') + 1)..];
        return before.Contains('<') && before.Contains(':');
    }

    private static ReadOnlySpan<char> Before(SyntaxTree tree, CompletionPlace place) =>
        place.Side < 0 ? default : tree.Text[tree.Sides[place.Side].Span.Start..place.Span.Start];

    private static bool EndsInNumber(ReadOnlySpan<char> tag)
    {
        var name = tag.TrimEnd("0123456789.+-");
        return name.Length < tag.Length && name.EndsWith(':');
    }
}
