using System.Globalization;
using Kohaku.Cli.Terminal;
using Kohaku.Jobs;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Tokens;

/// <summary>A prompt's tokens for people: the text coloured by weight, then a bar for each chunk.</summary>
/// <param name="page">Where it is written.</param>
/// <param name="tokenizer">Counts.</param>
/// <param name="dialect">Whose syntax.</param>
/// <param name="steps">Model calls that prompt editing counts on.</param>
/// <param name="emphasis">What weights do; by default what the dialect's brackets say.</param>
internal sealed class TokenPage(Page page, ClipTokenizer tokenizer, Dialect dialect, int steps, EmphasisKind emphasis = EmphasisKind.Original)
{
    private const int BarLength = 21;

    private readonly EffectiveWeights _weights = new();
    private readonly ChunkLayout _layout = new(tokenizer);
    private readonly AttentionReader _runs = new();

    private bool HasWeights => emphasis is not (EmphasisKind.Ignore or EmphasisKind.None);

    /// <summary>Writes a prompt, with its negative prompt where it has one.</summary>
    /// <returns>Whether the generator could read it.</returns>
    public bool Write(string positive, string? negative)
    {
        var can = WriteText(positive, isNegative: false);
        if (negative is not null)
        {
            page.Line().Write("Negative prompt", Ink.Strong).Line();
            can &= WriteText(negative, isNegative: true);
        }

        return can;
    }

    private bool WriteText(string text, bool isNegative)
    {
        WriteWeighted(text, isNegative);
        var meaning = HasWeights ? PromptMeaning.Of(text, dialect, steps, isNegative) : RequestMeaning.Of(text, emphasis, steps, isNegative);
        if (meaning.Error is { } error)
        {
            page.Write("error", Ink.Error).Write(": A1111 fails on this prompt: ").WriteForeign(error).Line();
            return false;
        }

        foreach (var network in meaning.Networks)
        {
            page.Write("network ", Ink.Faint).WriteForeign($"{network.Kind} {string.Join(", ", network.Arguments)}").Line();
        }

        for (var i = 0; i < meaning.Parts.Count; i++)
        {
            var part = meaning.Parts[i];
            if (meaning.Parts.Count > 1) page.Write($"part {i + 1}", Ink.Strong).Write($"  weight {Number(part.Weight)}").Line();
            var from = 1;
            foreach (var entry in part.Schedule)
            {
                if (part.Schedule.Count > 1) page.Write($"steps {from}–{entry.Until}  ", Ink.Faint).WriteForeign(entry.Text).Line();
                WriteChunks(entry.Text);
                from = entry.Until + 1;
            }
        }

        return true;
    }

    // Above 1 stands out, below 1 steps back; the numbers behind the text say how much.
    private void WriteWeighted(string text, bool isNegative)
    {
        if (!HasWeights)
        {
            page.WriteForeign(text).Line();
            return;
        }

        _weights.Read(text, dialect, isNegative);
        var at = 0;
        foreach (var run in _weights.Runs)
        {
            if (run.Start > at) page.WriteForeign(text[at..run.Start], Ink.Faint);
            var shown = text.Substring(run.Start, run.Length);
            at = run.End;
            if (run.IsBreak)
            {
                // A border of chunks: its number is no weight.
                page.WriteForeign(shown, Ink.Faint);
                continue;
            }

            page.WriteForeign(shown, run.Weight > 1.001 ? Ink.Model : run.Weight < 0.999 ? Ink.Info : Ink.Plain);
            if (Math.Abs(run.Weight - 1) > 0.001 && !string.IsNullOrWhiteSpace(shown)) page.Write($"×{Number(run.Weight)}", Ink.Faint);
        }

        if (at < text.Length) page.WriteForeign(text[at..], Ink.Faint);
        page.Line();
    }

    private void WriteChunks(string text)
    {
        _runs.Read(text, dialect);
        // Under none of them brackets and BREAK are words like others.
        _layout.Read(text, emphasis == EmphasisKind.None ? [new AttentionRun(0, text.Length, 1, IsBreak: false)] : _runs.Runs, dialect);
        var start = 0;
        for (var i = 0; i < _layout.ChunkCount; i++)
        {
            var isLast = i == _layout.ChunkCount - 1;
            var end = isLast ? text.Length : _layout.Borders[i].Offset;
            var tokens = isLast ? LastCount() : _layout.Borders[i].Tokens;
            page.Write($"chunk {i + 1} ").Bar((double)tokens / TokenChunk.Capacity, BarLength).Write($" {tokens}/{TokenChunk.Capacity}");
            if (LastTag(text.AsSpan(start, Math.Max(0, end - start))) is { Length: > 0 } tag) page.Write("  ends at ", Ink.Faint).Write("\"").WriteForeign(tag).Write("\"");
            if (!isLast && _layout.Borders[i].IsBreak) page.Write("  BREAK", Ink.Faint);
            page.Line();
            start = end;
        }
    }

    private int LastCount() => _layout.Count - (_layout.ChunkCount - 1) * TokenChunk.Capacity;

    private static string LastTag(ReadOnlySpan<char> text)
    {
        var rest = text.TrimEnd(", \t\r\n");
        if (rest.EndsWith("BREAK", StringComparison.Ordinal)) rest = rest[..^5].TrimEnd(", \t\r\n");
        return rest[(rest.LastIndexOfAny(",\r\n") + 1)..].Trim().ToString();
    }

    private static string Number(double weight) => weight.ToString("0.###", CultureInfo.InvariantCulture);
}
