using System.Globalization;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>Parts of a network's call: <c>&lt;lora:name:0.8&gt;</c>.</summary>
public static class NetworkEdits
{
    /// <summary>The name in a network's call; null where it has none.</summary>
    /// <param name="text">The text that the span is in.</param>
    /// <param name="network">From <c>&lt;</c> to <c>&gt;</c>.</param>
    public static TextSpan? NameSpan(ReadOnlySpan<char> text, TextSpan network)
    {
        var colon = text.Slice(network.Start, network.Length).IndexOf(':');
        if (colon < 0) return null;

        var start = network.Start + colon + 1;
        var rest = text[start..(network.End - 1)];
        var end = rest.IndexOf(':');
        var length = end < 0 ? rest.Length : end;
        return length == 0 ? null : new TextSpan(start, length);
    }

    /// <summary>Adds to each weight that is written by its place; to 1, and writes it, where none is.</summary>
    internal static void AddShift(PromptView prompt, TextSpan network, decimal change, List<TextEdit> edits)
    {
        if (NameSpan(prompt.Text, network) is not { } name) return;

        var end = network.End - 1;
        if (name.End == end)
        {
            edits.Add(new TextEdit(new TextSpan(end, 0), $":{WeightEdits.Number(1 + change)}"));
            return;
        }

        for (var start = name.End + 1; start <= end;)
        {
            var colon = prompt.Text[start..end].IndexOf(':');
            var next = colon < 0 ? end : start + colon;

            // Named arguments (te=0.5) and what follows them stay.
            var number = prompt.Text[start..next];
            if (!Weights.IsNumber(number.Trim()) || !decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)) return;
            if (decimal.Abs(weight) < 1000) edits.Add(new TextEdit(TextSpan.FromBounds(start, next), WeightEdits.Number(weight + change)));
            start = next + 1;
        }
    }
}
