namespace Kohaku.Syntax.Tokens;

/// <summary>How one side of a prompt fills chunks, by places in the tree's text.</summary>
/// <param name="Parts">What AND divides; at least one.</param>
public sealed record SideTokens(IReadOnlyList<PartTokens> Parts)
{
    /// <summary>The part with the most tokens: it is what a counter shows.</summary>
    public PartTokens Longest
    {
        get
        {
            var longest = Parts[0];
            for (var i = 1; i < Parts.Count; i++)
                if (Parts[i].Count > longest.Count) longest = Parts[i];
            return longest;
        }
    }

    /// <summary>The tokens that begin in a span.</summary>
    /// <param name="span">In the tree's text.</param>
    /// <param name="place">Where they are; valid where there are any.</param>
    /// <returns>Whether there are any: an option of prompt editing that the last step no longer has, has none.</returns>
    public bool TryFind(TextSpan span, out TokenPlace place)
    {
        foreach (var part in Parts)
        {
            var first = part.FirstFrom(span.Start);
            var end = part.FirstFrom(span.End);
            if (first >= end) continue;

            var chunk = part.ChunkOf(first);
            place = new TokenPlace(part, chunk, first - part.Chunks[chunk].First, end - first);
            return true;
        }

        place = default;
        return false;
    }
}

/// <summary>The tokens of what AND divides, or of a whole side.</summary>
/// <param name="Count">As A1111 counts them: 75 for each chunk but the last, and what the last has; 75 for the last too where a BREAK ended it.</param>
/// <param name="Offsets">Per token the offset in the tree's text of the character it begins in.</param>
/// <param name="Chunks">At least one.</param>
/// <param name="End">Offset behind the part's last character that is text.</param>
public sealed record PartTokens(int Count, IReadOnlyList<int> Offsets, IReadOnlyList<ChunkPlace> Chunks, int End)
{
    /// <summary>Room in the chunks that are there: 75 for each.</summary>
    public int Capacity => Chunks.Count * TokenChunk.Capacity;

    /// <summary>Index of the first token that begins at an offset or behind it; how many there are where none does.</summary>
    public int FirstFrom(int offset)
    {
        var (low, high) = (0, Offsets.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Offsets[middle] < offset) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Index of the chunk that holds a token.</summary>
    public int ChunkOf(int token)
    {
        var chunk = 0;
        while (chunk + 1 < Chunks.Count && Chunks[chunk + 1].First <= token) chunk++;
        return chunk;
    }
}

/// <summary>A chunk of a part.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="Count">How many of its 75 tokens are taken; 75 for a last one that a BREAK ended, as A1111 counts it.</param>
/// <param name="End">Offset in the tree's text behind its last character.</param>
/// <param name="IsBreak">Whether a BREAK ended it.</param>
public readonly record struct ChunkPlace(int First, int Count, int End, bool IsBreak);

/// <summary>Where some tokens stand.</summary>
/// <param name="Part">Their part.</param>
/// <param name="Chunk">The chunk of the first, from 0.</param>
/// <param name="First">The first's place in that chunk, from 0.</param>
/// <param name="Count">How many there are; they may reach into the next chunk.</param>
public readonly record struct TokenPlace(PartTokens Part, int Chunk, int First, int Count);
