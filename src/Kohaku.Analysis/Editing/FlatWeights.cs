using System.Text;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Analysis.Editing;

/// <summary>Writes each stretch of one weight in brackets of its own: for texts whose brackets do not pair.</summary>
internal static class FlatWeights
{
    /// <summary>The text in the other dialect; null for one that holds more than text and emphasis.</summary>
    public static string? Write(SyntaxTree tree, Dialect to)
    {
        foreach (ref readonly var mark in tree.Marks)
            if (mark.Kind != MarkKind.StrayClose) return null;
        foreach (ref readonly var group in tree.Groups)
            if (group.Kind is not (GroupKind.Round or GroupKind.Square)) return null;
        foreach (ref readonly var part in tree.Parts)
            if (part.WeightSpan.Length > 0) return null;

        var reader = new AttentionReader();
        reader.Read(tree.Text, tree.Options.Dialect);
        if (reader.Error is not null) return null;

        var result = new StringBuilder(tree.Text.Length + 16);
        var runs = reader.Runs;
        for (var i = 0; i < runs.Length;)
        {
            var weight = runs[i].Weight;
            var text = new StringBuilder();
            // ComfyUI takes `nan` for a weight, which is not equal (==) to itself.
            for (; i < runs.Length && runs[i].Weight.Equals(weight); i++) Decode(tree.Slice(runs[i].Span), tree.Options.Dialect, text);
            if (!Write(text.ToString(), weight, to, result)) return null;
        }

        return result.ToString();
    }

    private static bool Write(string text, double weight, Dialect to, StringBuilder result)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var end = text.AsSpan().TrimEnd().Length;
        var isPlain = start >= end || ((float)weight == 1 && !(to == Dialect.A1111 && EndsInNumber(text)));
        var number = isPlain ? "" : DialectWeights.Factor(1, weight);
        if (number is null) return false;

        result.Append(text, 0, isPlain ? 0 : start);
        if (!isPlain) result.Append('(');
        foreach (var c in isPlain ? text : text.AsSpan(start, end - start))
        {
            if (c is '(' or ')' || (to == Dialect.A1111 && c is '[' or ']' or '\\')) result.Append('\\');
            result.Append(c);
        }

        if (!isPlain) result.Append(':').Append(number).Append(')').Append(text, end, text.Length - end);
        return true;
    }

    /// <summary>At the end of a prompt <c>:3</c> would be its weight.</summary>
    private static bool EndsInNumber(ReadOnlySpan<char> text)
    {
        var rest = text.TrimEnd("0123456789.+- \t\r\n");
        return rest.Length < text.Length && rest.EndsWith(":");
    }

    // A1111's runs are what the backslashes leave; ComfyUI's are as written.
    private static void Decode(ReadOnlySpan<char> run, Dialect from, StringBuilder text)
    {
        for (var i = 0; i < run.Length; i++)
        {
            if (from == Dialect.ComfyUI && run[i] == '\\' && i + 1 < run.Length && run[i + 1] is '(' or ')') i++;
            text.Append(run[i]);
        }
    }
}
