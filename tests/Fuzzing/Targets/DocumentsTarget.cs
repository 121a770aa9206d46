using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Range = Kohaku.LanguageServer.Protocol.Range;

namespace Kohaku.Fuzzing.Targets;

/// <summary>An editor's document under edits: it says what a plain string says, and divides as the same text opened anew.</summary>
internal sealed class DocumentsTarget : Target
{
    /// <summary>Divides an input into the first text and the edits: no byte of UTF-8.</summary>
    private const byte Divider = 0xFE;

    private const string Uri = "file:///w/a.prompt";

    /// <summary>What is tested.</summary>
    public Func<Document, int, TextDocumentContentChangeEvent, Document> Change { get; init; } = static (document, version, change) => document.Change(version, [change]);

    /// <inheritdoc/>
    public override string Name => "documents";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => [.. PromptTexts.Words, [Divider]];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var input = new List<byte>(Options.Input(dice.Below(2), PromptTexts.Of(dice, 24)));
        for (var edits = 1 + dice.Length(8); edits > 0; edits--)
            input.AddRange([Divider, (byte)dice.Below(256), (byte)dice.Below(dice.OneIn(3) ? 256 : 12), .. WildText.Bytes(dice.OneIn(4) ? "" : PromptTexts.Piece(dice))]);
        return [.. input];
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var encoding = input.Length > 0 && (input[0] & 1) != 0 ? PositionEncoding.Utf8 : PositionEncoding.Utf16;
        var pieces = Divided(input.AsSpan(Math.Min(1, input.Length)));
        var text = WildText.Of(pieces[0]);
        var document = Document.Open(Uri, 1, text, encoding);
        for (var i = 1; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            var from = piece.Length > 0 ? piece[0] * text.Length / 255 : 0;
            var to = Math.Min(text.Length, from + (piece.Length > 1 ? piece[1] : 0));
            var written = WildText.Of(piece.AsSpan(Math.Min(2, piece.Length)));
            var (start, end) = (document.Lines.Position(from), document.Lines.Position(to));

            // Inside CR LF, or inside a character where columns are bytes, there is no place: the protocol's place is what counts.
            (from, to) = (document.Lines.Offset(start), document.Lines.Offset(end));
            text = string.Concat(text.AsSpan(0, from), written, text.AsSpan(to));
            document = Change(document, i + 1, new TextDocumentContentChangeEvent(written, new Range(start, end)));
            CheckAgainst(document, text, encoding);
        }

        CheckPlaces(document, text, encoding);
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => $"{(input.Length > 0 ? input[0] & 1 : 0)} {string.Join(" then ", Divided(input.AsSpan(Math.Min(1, input.Length))).Select(piece => Shown.Of(WildText.Of(piece))))}";

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("prompts").Select(text => (byte[])[0, .. text, Divider, 100, 3, (byte)',', Divider, 20, 200]);

    private static void CheckAgainst(Document document, string text, PositionEncoding encoding)
    {
        Must.Equal(text, document.Text, "a document after edits says what a string says");
        var fresh = Document.Open(Uri, null, text, encoding);
        Must.Same(fresh.Parts.Select(part => (part.Start, part.Line, part.Part.Text)), document.Parts.Select(part => (part.Start, part.Line, part.Part.Text)), "an edited document divides as one opened anew");
        foreach (var part in document.Parts)
        {
            Must.Hold(text.AsSpan(part.Start).StartsWith(part.Part.Text, StringComparison.Ordinal), "a part's text stands where it says");
            Must.Equal(part.Start, document.PartAt(part.Start).Start, "the part at an offset is the one that begins there");
        }
    }

    private static void CheckPlaces(Document document, string text, PositionEncoding encoding)
    {
        for (var offset = 0; offset <= text.Length; offset++)
        {
            var place = document.Lines.Position(offset);
            Must.Hold(place.Line >= 0 && place.Line < document.Lines.Count && place.Character >= 0, "a place lies in the document");
            var isInside = offset > 0 && offset < text.Length
                && ((text[offset - 1] == '\r' && text[offset] == '\n') || (encoding == PositionEncoding.Utf8 && char.IsSurrogatePair(text[offset - 1], text[offset])));
            if (!isInside) Must.Equal(offset, document.Lines.Offset(place), "an offset's place is the place of that offset");
        }
    }

    private static List<byte[]> Divided(ReadOnlySpan<byte> input)
    {
        var pieces = new List<byte[]>();
        for (var end = input.IndexOf(Divider); end >= 0; end = input.IndexOf(Divider))
        {
            pieces.Add(input[..end].ToArray());
            input = input[(end + 1)..];
        }

        pieces.Add(input.ToArray());
        return pieces;
    }
}
