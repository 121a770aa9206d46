using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>Takes offsets of an embedded prompt to its host's text. Between two escapes both run side by side.</summary>
public sealed class PositionMap
{
    // From prompts[i] on, host offset = hosts[i] + (offset - prompts[i]). One entry for the start, one behind each escape.
    private readonly List<(int Prompt, int Host)> runs = [];

    internal PositionMap(int hostStart) => runs.Add((0, hostStart));

    /// <summary>Whether the prompt stands in its host as it is, without escapes.</summary>
    public bool IsVerbatim => runs.Count == 1;

    /// <summary>The host's offset of a prompt's offset, the prompt's end included. Inside an escape: its start.</summary>
    public int ToHost(int offset)
    {
        var (low, high) = (0, runs.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (runs[middle].Prompt <= offset) low = middle;
            else high = middle - 1;
        }

        return runs[low].Host + offset - runs[low].Prompt;
    }

    /// <summary>The host's span of a prompt's span, escapes whole.</summary>
    public TextSpan ToHost(TextSpan span)
    {
        var start = ToHost(span.Start);
        return span.Length == 0 ? new TextSpan(start, 0) : TextSpan.FromBounds(start, ToHost(span.End));
    }

    /// <summary>The prompt's offset of a host's offset; inside an escape the unit it stands for.</summary>
    public int ToPrompt(int hostOffset)
    {
        var at = runs.Count - 1;
        while (at > 0 && runs[at].Host > hostOffset) at--;

        var offset = runs[at].Prompt + hostOffset - runs[at].Host;
        return at + 1 < runs.Count ? Math.Min(offset, runs[at + 1].Prompt - 1) : offset;
    }

    /// <summary>From here on the two run side by side again.</summary>
    internal void Resume(int prompt, int host) => runs.Add((prompt, host));
}
