using Kohaku.Syntax;

namespace Kohaku.Analysis.Completion;

/// <summary>Places in comments: only one that silences rules takes anything.</summary>
internal static class CommentPlace
{
    private const string Marker = "kohaku:";

    /// <summary>The place in <c># kohaku: disable=weak-tag</c>, where the name of a rule stands.</summary>
    public static CompletionPlace Read(SyntaxTree tree, TextSpan comment, int offset)
    {
        var text = tree.Text;
        var at = comment.Start + 1;
        while (at < offset && text[at] is ' ' or '\t' or '#') at++;
        if (!text[at..offset].StartsWith(Marker, StringComparison.OrdinalIgnoreCase)) return CompletionPlace.Nothing;

        var equals = text[at..offset].IndexOf('=');
        if (equals < 0) return CompletionPlace.Nothing;

        var start = Math.Max(at + equals, at + text[at..offset].LastIndexOf(',')) + 1;
        while (start < offset && char.IsWhiteSpace(text[start])) start++;
        var end = offset;
        while (end < comment.End && text[end] != ',' && !char.IsWhiteSpace(text[end])) end++;
        return new CompletionPlace(PlaceKind.RuleName, offset, TextSpan.FromBounds(start, end)) { Query = text[start..offset].ToString() };
    }
}
