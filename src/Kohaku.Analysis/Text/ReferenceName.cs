namespace Kohaku.Analysis.Text;

/// <summary>Tells names of embeddings, networks and files from tags, by their form: A1111 takes an embedding's bare name for the embedding.</summary>
public static class ReferenceName
{
    private const int Shortest = 5;

    /// <summary>Whether an unknown text looks like such a name: <c>easynegative</c>, <c>bad-hands-5</c>, <c>ng_deepnegative_v1_75t</c>, <c>FastNegativeV2</c>.</summary>
    /// <param name="text">Without brackets and weight.</param>
    public static bool LooksLikeOne(ReadOnlySpan<char> text)
    {
        if (text.Length < Shortest || !char.IsAsciiLetter(text[0])) return false;
        var (digits, joints, humps) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c)) digits++;
            else if (c is '_' or '-' or '.') joints++;
            else if (!char.IsAsciiLetter(c)) return false;
            if (i > 0 && char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(text[i - 1])) humps++;
        }

        return humps > 0 || (digits > 0 && joints > 0) || HasVersion(text) || HasExtension(text) || IsWellKnown(text);
    }

    /// <summary><c>badhandv4</c>.</summary>
    private static bool HasVersion(ReadOnlySpan<char> text)
    {
        var name = text.TrimEnd("0123456789.");
        return name.Length < text.Length && name.Length > 3 && name[^1] is 'v' or 'V';
    }

    private static bool HasExtension(ReadOnlySpan<char> text) =>
        text.EndsWith(".pt", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)
        || text.EndsWith(".ckpt", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>Names that stand in very many negative prompts and have no form of their own.</summary>
    private static bool IsWellKnown(ReadOnlySpan<char> text) =>
        (text.Length > 8 && text.Contains("negative", StringComparison.OrdinalIgnoreCase)) || StartsWith(text, "easyneg") || StartsWith(text, "badhand")
        || StartsWith(text, "bad_prompt") || StartsWith(text, "bad-prompt") || StartsWith(text, "bad_picture") || StartsWith(text, "bad-picture")
        || StartsWith(text, "bad_artist") || StartsWith(text, "bad-artist") || StartsWith(text, "bad-image") || StartsWith(text, "negative_") || StartsWith(text, "unaesthetic");

    private static bool StartsWith(ReadOnlySpan<char> text, string beginning) => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);
}
