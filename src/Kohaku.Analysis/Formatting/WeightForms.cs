using Kohaku.Analysis.Fixes;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Formatting;

/// <summary>Writes bare brackets with their number: <c>((a))</c> as <c>(a:1.21)</c>.</summary>
internal static class WeightForms
{
    /// <summary>The edits for a side, in order. Only brackets that hold nothing but one another are joined.</summary>
    public static void Add(SyntaxTree tree, in SideNode side, List<TextEdit> edits)
    {
        for (var i = side.Groups.First; i < side.Groups.End; i++)
        {
            ref readonly var outer = ref tree.Groups[i];
            if (!IsBare(outer)) continue;
            var (inner, product, last) = (i, outer.Multiplier, outer);
            while (inner + 1 < side.Groups.End && Encloses(tree, last, tree.Groups[inner + 1]))
            {
                inner++;
                last = tree.Groups[inner];
                product *= last.Multiplier;
                if (last.HasWeight) break;
            }

            var end = last.HasWeight ? last.WeightSpan.Start : last.Close;
            var content = tree.Text[(last.Open + 1)..end].ToString();
            edits.Add(new TextEdit(TextSpan.FromBounds(outer.Open, outer.Close + 1), $"({content}:{Edit.Number(product)})"));

            // What stands inside is part of this edit.
            while (i + 1 < side.Groups.End && tree.Groups[i + 1].Open < outer.Close) i++;
        }
    }

    private static bool IsBare(in GroupNode group) => group is { IsClosed: true, HasWeight: false, Kind: GroupKind.Round };

    private static bool Encloses(SyntaxTree tree, in GroupNode outer, in GroupNode inner) =>
        inner is { IsClosed: true, Kind: GroupKind.Round, HasNetworkBehindWeight: false } && !outer.HasWeight
        && tree.Text[(outer.Open + 1)..inner.Open].IsWhiteSpace() && tree.Text[(inner.Close + 1)..outer.Close].IsWhiteSpace();
}
