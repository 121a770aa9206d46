using System.Globalization;
using System.Text.RegularExpressions;

namespace Kohaku.Syntax.Tests.Meaning;

/// <summary>A1111's emphasis as its users know it: a closing bracket multiplies all that was read since it opened. Quadratic; for comparison only.</summary>
internal static partial class RangeMultiplication
{
    /// <summary>The joined runs, or <see langword="null"/> where a weight is no number.</summary>
    public static List<WeightedText>? Of(string text)
    {
        var runs = new List<WeightedText>();
        var round = new Stack<int>();
        var square = new Stack<int>();
        foreach (Match match in Token().Matches(text))
        {
            var token = match.Value;
            if (token[0] == '\\')
            {
                runs.Add(new WeightedText(token[1..], 1));
            }
            else if (token is "(" or "[")
            {
                (token == "(" ? round : square).Push(runs.Count);
            }
            else if (match.Groups[1].Success && round.Count > 0)
            {
                if (!double.TryParse(match.Groups[1].Value.Normalize(System.Text.NormalizationForm.FormKC).Replace('１', '1'), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight))
                    return null;
                Multiply(runs, round.Pop(), weight);
            }
            else if (token == ")" && round.Count > 0)
            {
                Multiply(runs, round.Pop(), 1.1);
            }
            else if (token == "]" && square.Count > 0)
            {
                Multiply(runs, square.Pop(), 1 / 1.1);
            }
            else
            {
                var pieces = Break().Split(token);
                for (var i = 0; i < pieces.Length; i++)
                {
                    if (i > 0)
                        runs.Add(new WeightedText("BREAK", -1));
                    runs.Add(new WeightedText(pieces[i], 1));
                }
            }
        }

        foreach (var start in round.Reverse())
            Multiply(runs, start, 1.1);
        foreach (var start in square.Reverse())
            Multiply(runs, start, 1 / 1.1);
        return Join(runs);
    }

    private static void Multiply(List<WeightedText> runs, int start, double multiplier)
    {
        for (var i = start; i < runs.Count; i++)
            runs[i] = runs[i] with { Weight = runs[i].Weight * multiplier };
    }

    private static List<WeightedText> Join(List<WeightedText> runs)
    {
        var joined = new List<WeightedText>();
        foreach (var run in runs)
        {
            if (joined.Count > 0 && joined[^1].Weight == run.Weight)
                joined[^1] = joined[^1] with { Text = joined[^1].Text + run.Text };
            else
                joined.Add(run);
        }

        return joined.Count > 0 ? joined : [new WeightedText("", 1)];
    }

    [GeneratedRegex(@"\\\(|\\\)|\\\[|\\]|\\\\|\\|\(|\[|:[\s\x1c-\x1f]*([+-]?[.\d]+)[\s\x1c-\x1f]*\)|\)|]|[^\\()\[\]:]+|:")]
    private static partial Regex Token();

    // .NET counts marks as word characters and Python does not.
    [GeneratedRegex(@"[\s\x1c-\x1f]*(?<![\w-[\p{M}]])BREAK(?![\w-[\p{M}]])[\s\x1c-\x1f]*")]
    private static partial Regex Break();
}
