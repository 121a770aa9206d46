using System.Text;

namespace Kohaku.Syntax.Meaning;

/// <summary>Emphasis: a text's brackets and weights, as each reference program reads them.</summary>
public static class Attention
{
    /// <summary>The weighted texts of a text, escapes resolved. For runs with their places see <see cref="AttentionReader"/>.</summary>
    /// <param name="text">For A1111 a scheduled text (<see cref="PromptSchedule"/>), for ComfyUI the whole prompt.</param>
    /// <param name="dialect">Whose rules.</param>
    public static AttentionResult Of(string text, Dialect dialect)
    {
        var reader = new AttentionReader();
        reader.Read(text, dialect);
        return new AttentionResult(
            dialect == Dialect.A1111 ? Join(text, reader.Runs) : Unescape(text, reader.Runs),
            reader.Error);
    }

    /// <summary>Joins neighbours of equal weight, as A1111 does at last.</summary>
    private static List<WeightedText> Join(string text, ReadOnlySpan<AttentionRun> runs)
    {
        var joined = new List<WeightedText>();
        if (runs.IsEmpty)
        {
            joined.Add(new WeightedText("", 1));
            return joined;
        }

        var builder = new StringBuilder();
        for (var i = 0; i < runs.Length;)
        {
            var weight = runs[i].Weight;
            builder.Clear();
            do
            {
                builder.Append(text, runs[i].Start, runs[i].Length);
                i++;
            }
            while (i < runs.Length && runs[i].Weight == weight);
            joined.Add(new WeightedText(builder.ToString(), weight));
        }

        return joined;
    }

    private static List<WeightedText> Unescape(string text, ReadOnlySpan<AttentionRun> runs)
    {
        var texts = new List<WeightedText>(runs.Length);
        foreach (ref readonly var run in runs)
            texts.Add(new WeightedText(ComfyAttention.Unescape(text.AsSpan(run.Start, run.Length)), run.Weight));
        return texts;
    }
}
