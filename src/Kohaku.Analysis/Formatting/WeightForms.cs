using Kohaku.Analysis.Fixes;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Formatting;

/// <summary>Writes bare brackets with their number: <c>((a))</c> as <c>(a:1.21)</c>.</summary>
internal static class WeightForms
{
    /// <summary>The changes for a side: a number for each bare bracket, whatever else it holds. Only brackets that hold nothing but one another are joined.</summary>
    public static void Add(SyntaxTree tree, in SideNode side, List<TextEdit[]> changes)
    {
        for (var i = side.Groups.First; i < side.Groups.End; i++)
        {
            var outer = tree.Groups[i];
            if (!IsBare(outer)) continue;
            var (inner, product, last) = (i, outer.Multiplier, outer);
            while (inner + 1 < side.Groups.End && Encloses(tree, last, tree.Groups[inner + 1]))
            {
                inner++;
                last = tree.Groups[inner];
                product *= last.Multiplier;
                if (last.HasWeight) break;
            }

            // What stands inside is left to changes of its own: brackets nest as deep as they like.
            var end = last.HasWeight ? last.WeightSpan.Start : last.Close;
            var number = new TextEdit(TextSpan.FromBounds(end, outer.Close), $":{Edit.Number(product)}");
            changes.Add(inner == i ? [number] : [Edit.Delete(TextSpan.FromBounds(outer.Open, last.Open)), number]);
            i = inner;
        }
    }

    private static bool IsBare(in GroupNode group) => group is { IsClosed: true, HasWeight: false, Kind: GroupKind.Round };

    private static bool Encloses(SyntaxTree tree, in GroupNode outer, in GroupNode inner) =>
        inner is { IsClosed: true, Kind: GroupKind.Round, HasNetworkBehindWeight: false } && !outer.HasWeight
        && tree.Text[(outer.Open + 1)..inner.Open].IsWhiteSpace() && tree.Text[(inner.Close + 1)..outer.Close].IsWhiteSpace();
}
