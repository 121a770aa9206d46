using System.Buffers;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Sections;

/// <summary>Proves that a sorted side says the same: the same texts at the same weights, the same networks, in another order.</summary>
/// <remarks>
/// Sorting parts only what commas part, so this holds but for odd texts: <c>:3</c> that comes to stand before a closing bracket,
/// <c>&lt;a:</c> and <c>&gt;_&lt;</c> that come to frame a network, a bar that switches editing off.
/// </remarks>
internal sealed class SectionProof
{
    /// <summary>A side without these has nothing that could turn into something else.</summary>
    private static readonly SearchValues<char> Odd = SearchValues.Create("<>[]|\\{}$:-");

    private readonly SyntaxTree _tree = new();

    /// <summary>Whether the edits keep what the side says.</summary>
    public bool Holds(PromptView prompt, ReadOnlySpan<TextEdit> edits)
    {
        var side = prompt.Side.Span;
        if (prompt.Marks.Length == 0 && !prompt.Slice(side).ContainsAny(Odd)) return true;
        var text = new System.Text.StringBuilder(side.Length + 16);
        var at = side.Start;
        foreach (ref readonly var edit in edits)
        {
            text.Append(prompt.Text[at..edit.Span.Start]).Append(edit.NewText);
            at = edit.Span.End;
        }

        text.Append(prompt.Text[at..side.End]);
        _tree.Read(text.ToString().AsMemory(), prompt.Tree.Options);
        return _tree.Prompts.Length == 1 && _tree.Prompts[0].Negative < 0 && _tree.Parameters.Length == 0
            && Digest(_tree, _tree.Sides[_tree.Prompts[0].Positive]) == Digest(prompt.Tree, prompt.Side);
    }

    /// <summary>A sum over all that is said: the order does not matter.</summary>
    private static (int Pieces, ulong Sum) Digest(SyntaxTree tree, in SideNode side)
    {
        var sum = 0UL;
        for (var i = side.Pieces.First; i < side.Pieces.End; i++)
        {
            ref readonly var piece = ref tree.Pieces[i];
            sum += Hash(tree.Slice(piece.Span)) * (ulong)BitConverter.DoubleToInt64Bits(Math.Round(piece.Weight, 6)) * (ulong)((piece.Region * 2) + 1);
        }

        for (var i = side.Marks.First; i < side.Marks.End; i++)
            sum += Hash(tree.Slice(tree.Marks[i].Span)) * (ulong)(tree.Marks[i].Kind + 2);
        for (var i = side.Parts.First; i < side.Parts.End; i++)
            sum += (ulong)BitConverter.DoubleToInt64Bits(tree.Parts[i].Weight) * (tree.Parts[i].IsLiteral ? 3UL : 5UL);
        return (side.Pieces.Count, sum);
    }

    private static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash | 1;
    }
}
