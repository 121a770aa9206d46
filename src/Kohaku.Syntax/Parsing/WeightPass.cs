namespace Kohaku.Syntax.Parsing;

/// <summary>Gives every piece the product of the brackets around it.</summary>
/// <remarks>
/// Round and square brackets have a stack each in A1111, so that <c>([a)]</c> is both. Each kind nests properly in itself, which makes
/// one running product a kind enough: linear for any depth.
/// </remarks>
internal static class WeightPass
{
    private const double Round = 1.1;
    private const double Square = 1 / 1.1;

    /// <summary>Runs over one side's groups and pieces.</summary>
    public static void Run(SyntaxTree tree, int firstGroup, int firstPiece, int firstPart, bool isComfy)
    {
        if (tree.GroupRows.Count == firstGroup) return;
        var part = firstPart;
        for (var i = firstGroup; i < tree.GroupRows.Count; i++)
        {
            ref var group = ref tree.GroupRows[i];
            while (part + 1 < tree.PartRows.Count && tree.PartRows[part].Span.End <= group.Open) part++;
            group.Multiplier = Multiplier(group, tree.PartRows[part].IsLiteral);
        }

        if (isComfy) ComfyWeights(tree, firstGroup, firstPiece);
        else A1111Weights(tree, firstGroup, firstPiece, firstPart);
    }

    private static double Multiplier(in GroupNode group, bool isLiteral) => group.Kind switch
    {
        GroupKind.Round when group.HasWeight => double.IsNaN(group.Number) ? 1 : group.Number,
        GroupKind.Round => Round,
        GroupKind.Square => Square,
        GroupKind.Editing or GroupKind.Alternation => isLiteral ? Square : 1,
        _ => 1,
    };

    private static void A1111Weights(SyntaxTree tree, int firstGroup, int firstPiece, int part)
    {
        var rounds = new ProductStack();
        var squares = new ProductStack();
        var next = firstGroup;
        for (var i = firstPiece; i < tree.PieceRows.Count; i++)
        {
            ref var piece = ref tree.PieceRows[i];
            while (next < tree.GroupRows.Count && tree.GroupRows[next].Open < piece.Span.Start)
            {
                ref readonly var group = ref tree.GroupRows[next++];
                while (part + 1 < tree.PartRows.Count && tree.PartRows[part].Span.End <= group.Open) part++;
                (group.Kind == GroupKind.Round ? ref rounds : ref squares).Push(group, piece.Span.Start, tree.PartRows[part].Span.End);
            }

            piece.Weight = rounds.At(piece.Span.Start) * squares.At(piece.Span.Start);
        }
    }

    private static void ComfyWeights(SyntaxTree tree, int firstGroup, int firstPiece)
    {
        for (var i = firstGroup; i < tree.GroupRows.Count; i++)
        {
            ref var group = ref tree.GroupRows[i];
            var outer = group.Parent >= 0 ? tree.GroupRows[group.Parent].Multiplier : 1;
            group.Multiplier = !group.IsClosed ? outer : group.HasWeight ? group.Number : outer * Round;
        }

        for (var i = firstPiece; i < tree.PieceRows.Count; i++)
        {
            ref var piece = ref tree.PieceRows[i];
            if (piece.Group >= 0) piece.Weight = tree.GroupRows[piece.Group].Multiplier;
        }
    }

    /// <summary>Products of the open brackets of one kind.</summary>
    private struct ProductStack
    {
        private Rows<(int Close, double Product)> _open;

        public void Push(in GroupNode group, int position, int partEnd)
        {
            Pop(group.Open);
            var close = group.IsClosed ? group.Close : partEnd;
            if (close < position) return;
            _open.Add((close, Top * group.Multiplier));
        }

        public double At(int position)
        {
            Pop(position);
            return Top;
        }

        private readonly double Top => _open.Count == 0 ? 1 : _open[_open.Count - 1].Product;

        private void Pop(int position)
        {
            while (_open.Count > 0 && _open[_open.Count - 1].Close < position) _open.RemoveLast();
        }
    }
}
