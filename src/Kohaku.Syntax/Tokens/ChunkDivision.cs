namespace Kohaku.Syntax.Tokens;

/// <summary>Divides tokens into chunks. A chunk always holds tokens that follow each other, so that a division is a list of borders.</summary>
internal static class ChunkDivision
{
    /// <summary>A1111: where a chunk is full and its last comma lies at most so many tokens back, what follows the comma goes into the next.</summary>
    private const int CommaLookBack = 20;

    /// <summary>ComfyUI: words of fewer tokens are never divided.</summary>
    private const int LongWord = 8;

    /// <summary>A chunk.</summary>
    /// <param name="Start">Index of its first token.</param>
    /// <param name="End">Index behind its last.</param>
    /// <param name="IsBreak">Whether a BREAK ended it.</param>
    public readonly record struct Part(int Start, int End, bool IsBreak);

    /// <summary>Divides, into at least one part.</summary>
    /// <returns>Tokens as A1111 counts them: 75 for each chunk but the last, and what the last has; 75 for the last, too, if a BREAK ended it.</returns>
    public static int Divide(TokenRuns text, Dialect dialect, List<Part> parts)
    {
        parts.Clear();
        var end = dialect == Dialect.A1111 ? DivideA1111(text, parts) : DivideComfy(text, parts);
        if (end < text.Tokens.Count || parts.Count == 0) parts.Add(new Part(end, text.Tokens.Count, IsBreak: false));

        var last = parts[^1];
        return ((parts.Count - 1) * TokenChunk.Capacity) + (last.IsBreak ? TokenChunk.Capacity : last.End - last.Start);
    }

    /// <summary><c>tokenize_line</c> of <c>sd_hijack_clip.py</c>.</summary>
    /// <returns>Where the part that is still open begins.</returns>
    private static int DivideA1111(TokenRuns text, List<Part> parts)
    {
        var ids = text.Tokens.Ids;
        var start = 0;
        var comma = -1;
        var insert = 0;
        var at = 0;
        foreach (var run in text.Runs)
        {
            if (run.IsBreak) Close(at, isBreak: true);
            while (at < run.End)
            {
                var inserted = insert < text.Inserts.Count && text.Inserts[insert].Start == at ? text.Inserts[insert++].Length : 0;
                if (inserted == 0 && ids[at] == ClipTokenizer.Comma) comma = at;
                else if (at - start == TokenChunk.Capacity && comma >= 0 && at - comma <= CommaLookBack) Close(comma + 1, isBreak: false);

                if (at - start + inserted > TokenChunk.Capacity || at - start == TokenChunk.Capacity) Close(at, isBreak: false);
                at += int.Max(inserted, 1);
            }
        }

        return start;

        void Close(int end, bool isBreak)
        {
            parts.Add(new Part(start, end, isBreak));
            start = end;
            comma = -1;
        }
    }

    /// <summary><c>SDTokenizer.tokenize_with_weights</c> of <c>sd1_clip.py</c>.</summary>
    /// <returns>Where the part that is still open begins.</returns>
    private static int DivideComfy(TokenRuns text, List<Part> parts)
    {
        var start = 0;
        var at = 0;
        foreach (var end in text.Words)
        {
            var isLong = end - at >= LongWord;
            while (end - start > TokenChunk.Capacity)
            {
                at = isLong ? start + TokenChunk.Capacity : at;
                parts.Add(new Part(start, at, IsBreak: false));
                start = at;
            }

            at = end;
        }

        return start;
    }
}
