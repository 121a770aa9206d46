using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Colouring;

/// <summary>Tokens as the protocol writes them: five numbers each, places counted from the token before.</summary>
internal static class TokenData
{
    /// <summary>How many numbers a token takes.</summary>
    public const int Width = 5;

    // The lines --- between parts belong to none of them.
    private static readonly ColouredToken s_separator = new(0, 0, 3, (byte)ColourType.Separator, 0);

    /// <summary>All tokens of a document, or those that reach into some lines of it.</summary>
    /// <param name="snapshot">What they are found with.</param>
    /// <param name="document">The document.</param>
    /// <param name="range">The range wanted; null for all.</param>
    /// <param name="cancel">Stops.</param>
    public static int[] Of(Snapshot snapshot, Document document, Protocol.Range? range, CancellationToken cancel)
    {
        var data = new List<int>();
        var (line, character) = (0, 0);
        var (first, last) = range is { } wanted ? (wanted.Start.Line, wanted.End.Line) : (0, int.MaxValue);
        for (var i = 0; i < document.Parts.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var part = document.Parts[i];
            if (i > 0) Add(part.Line - 1, s_separator);
            if (part.Line > last) break;
            if (i + 1 < document.Parts.Length && document.Parts[i + 1].Line <= first) continue;

            foreach (var token in Painter.Of(snapshot, document, part)) Add(part.Line + token.Line, token);
        }

        return [.. data];

        void Add(int at, in ColouredToken token)
        {
            if (at < first || at > last) return;

            data.Add(at - line);
            data.Add(at == line ? token.Character - character : token.Character);
            data.Add(token.Length);
            data.Add(token.Type);
            data.Add(token.Modifiers);
            (line, character) = (at, token.Character);
        }
    }

    /// <summary>What leads from one data to another: one edit of whole tokens, or none.</summary>
    public static SemanticTokensEdit[] Difference(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        var shorter = int.Min(before.Length, after.Length);
        var front = before.CommonPrefixLength(after) / Width * Width;
        var back = 0;
        while (back < shorter - front && before[^(back + 1)] == after[^(back + 1)]) back++;
        back = back / Width * Width;
        if (front == before.Length && front == after.Length) return [];
        return [new SemanticTokensEdit(front, before.Length - front - back, after[front..^back].ToArray())];
    }
}
