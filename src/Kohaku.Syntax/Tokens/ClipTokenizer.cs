using System.Buffers;
using System.Text;

namespace Kohaku.Syntax.Tokens;

/// <summary>CLIP's tokenizer: words by CLIP's pattern, each by byte-pair encoding. One instance per thread; the table is shared.</summary>
/// <remarks>
/// The ids equal those of open_clip's <c>SimpleTokenizer</c> as AUTOMATIC1111 uses it (<see cref="TextCleaning.Ftfy"/>) or of transformers' <c>CLIPTokenizerFast</c>
/// (<see cref="TextCleaning.Canonical"/>). Any UTF-16 is taken, the time is linear, and a text whose words have been seen allocates nothing.
/// </remarks>
public sealed class ClipTokenizer
{
    /// <summary>The token that begins each chunk.</summary>
    public const int Start = 49406;

    /// <summary>The token that ends each chunk.</summary>
    public const int End = 49407;

    /// <summary>The token of a comma at a word's end.</summary>
    public const int Comma = 267;

    private const string Printable =
        "\t\n\f\r !\"#$%'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    /// <summary>What ftfy and HTML unescaping leave alone whatever stands beside it.</summary>
    private static readonly SearchValues<char> s_plain = SearchValues.Create(Printable);

    private readonly ClipTable _table;
    private readonly ClipWords _words;
    private readonly WordScanner _scanner;
    private readonly TextCleaner _cleaner;

    /// <summary>A tokenizer over a table.</summary>
    public ClipTokenizer(ClipTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        _words = new ClipWords(table);
        _scanner = new WordScanner(table, _words);
        _cleaner = new TextCleaner(table);
    }

    /// <summary>How many tokens a text has, those that begin and end a chunk not among them.</summary>
    public int Count(ReadOnlySpan<char> text, TextCleaning cleaning = TextCleaning.Ftfy)
    {
        var sink = default(CountSink);
        if (IsPlain(text, cleaning))
        {
            _scanner.ScanPlain(text, cleaning, ref sink);
            Trim();
            return sink.Count;
        }

        while (NextPart(ref text, cleaning, out var part, out _, out var special))
        {
            _scanner.Scan(_cleaner.Clean(part, 0, cleaning).Chars, cleaning, ref sink);
            if (special != 0) sink.Token(special, 0);
        }

        Trim();
        return sink.Count;
    }

    /// <summary>Adds a text's tokens to a buffer, each with the offset where it begins.</summary>
    public void Encode(ReadOnlySpan<char> text, TextCleaning cleaning, TokenBuffer tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (IsPlain(text, cleaning))
        {
            var sink = new BufferSink(tokens, _table, text, default, 0);
            _scanner.ScanPlain(text, cleaning, ref sink);
            Trim();
            return;
        }

        var start = 0;
        while (NextPart(ref text, cleaning, out var part, out var taken, out var special))
        {
            var cleaned = _cleaner.Clean(part, start, cleaning);
            var sink = new BufferSink(tokens, _table, cleaned.Chars, cleaned.Offsets, 0);
            _scanner.Scan(cleaned.Chars, cleaning, ref sink);
            if (special != 0) tokens.Add((ushort)special, start + part.Length);
            start += taken;
        }

        Trim();
    }

    /// <summary>A text's tokens.</summary>
    public int[] Encode(ReadOnlySpan<char> text, TextCleaning cleaning = TextCleaning.Ftfy)
    {
        var tokens = new TokenBuffer();
        Encode(text, cleaning, tokens);
        var ids = new int[tokens.Count];
        for (var i = 0; i < ids.Length; i++) ids[i] = tokens.Ids[i];
        return ids;
    }

    private static bool IsPlain(ReadOnlySpan<char> text, TextCleaning cleaning) => cleaning == TextCleaning.Ftfy
        ? text.IndexOfAnyExcept(s_plain) < 0
        : Ascii.IsValid(text) && !text.Contains("<|", StringComparison.Ordinal);

    /// <summary>transformers takes its special tokens out of the text before anything else; open_clip finds its own among the words.</summary>
    private static bool NextPart(ref ReadOnlySpan<char> text, TextCleaning cleaning, out ReadOnlySpan<char> part, out int taken, out int special)
    {
        special = 0;
        part = text;
        taken = text.Length;
        if (text.IsEmpty) return false;

        for (var at = 0; cleaning == TextCleaning.Canonical && at < text.Length; at++)
        {
            var next = text[at..].IndexOf("<|");
            if (next < 0) break;

            at += next;
            var length = WordScanner.SpecialAt(text[at..], cleaning, out special);
            if (special == 0) continue;

            part = text[..at];
            taken = at + length;
            break;
        }

        text = text[taken..];
        return true;
    }

    private void Trim()
    {
        _cleaner.Trim();
        _scanner.Trim();
        _words.Trim();
    }
}
