using System.Buffers;
using System.Text;

namespace Kohaku.Syntax.Tokens;

/// <summary>Brings a text into the form whose words are tokenized: cleaned, composed, in lower case. For one thread; the result is good until the next call.</summary>
internal sealed class TextCleaner
{
    /// <summary>ftfy goes on until nothing changes; no one writes references nested deeper, and each round costs the whole text.</summary>
    private const int MaximumRounds = 16;

    private const char Escape = '\u001B';

    /// <summary>What <see cref="Replace"/> is called for: most texts have none of it.</summary>
    private static readonly SearchValues<char> s_replaced = SearchValues.Create(Units(
        "\u0080\u009F", "ĲĲ", "ĳĳ", "ŉŉ", "Ǆǌ", "Ǳǳ", "\u02BC\u02BC", "\u2018\u201F", "\u2028\u2029", "\u3000\u3000", "ﬀﬆ", "\uFF00\uFFEF"));

    /// <summary>What <see cref="Strip"/> takes out.</summary>
    private static readonly SearchValues<char> s_controls = SearchValues.Create(Units(
        "\0\u0008", "\u000B\u000B", "\u000E\u001F", "\u007F\u007F", "\u206A\u206F", "\uFEFF\uFEFF", "\uFFF9\uFFFC"));

    private readonly ClipTable _table;
    private readonly HtmlReferences _references;
    private readonly CanonicalComposer _composer;
    private MappedText _text = new();
    private MappedText _other = new();
    private MappedText _result = new();

    public TextCleaner(ClipTable table)
    {
        _table = table;
        _references = new HtmlReferences(table);
        _composer = new CanonicalComposer(table);
    }

    /// <summary>Cleans a text.</summary>
    /// <param name="text">Any UTF-16.</param>
    /// <param name="start">The offset of the text in the given text.</param>
    /// <param name="cleaning">How.</param>
    public MappedText Clean(ReadOnlySpan<char> text, int start, TextCleaning cleaning)
    {
        if (cleaning == TextCleaning.Ftfy)
        {
            FixLines(text, start);
        }
        else
        {
            _text.Clear();
            _text.AddGiven(text, start);
            if (_composer.Compose(_text, _other)) Swap();
        }

        Lower(cleaning == TextCleaning.Ftfy);
        return _text;
    }

    /// <summary>Gives back the room of an uncommonly long text.</summary>
    public void Trim()
    {
        _text.Trim();
        _other.Trim();
        _result.Trim();
    }

    /// <summary><c>ftfy.fix_text</c> line by line, then <c>html.unescape</c> twice, as open_clip's <c>basic_clean</c> does.</summary>
    private void FixLines(ReadOnlySpan<char> text, int start)
    {
        // ftfy does not resolve references behind the first `<`: the text is HTML then.
        var references = true;
        _result.Clear();
        for (var at = 0; at < text.Length;)
        {
            var end = text[at..].IndexOf('\n');
            end = end < 0 ? text.Length : at + end + 1;
            var line = text[at..end];
            references &= !line.Contains('<');
            _text.Clear();
            _text.AddGiven(line, start + at);
            FixLine(references);
            _result.Add(_text, 0, _text.Length);
            at = end;
        }

        (_text, _result) = (_result, _text);
        for (var i = 0; i < 2 && _text.Chars.Contains('&'); i++)
        {
            if (_references.ResolveLoose(_text, _other)) Swap();
        }
    }

    private void FixLine(bool references)
    {
        var changed = true;
        for (var round = 0; round < MaximumRounds && changed; round++)
        {
            changed = false;
            if (references && _text.Chars.Contains('&') && _references.ResolveStrict(_text, _other)) changed = Swap();
            if (Replace()) changed = Swap();
            if (Strip()) changed = Swap();
            if (_composer.Compose(_text, _other)) changed = Swap();
        }
    }

    private bool Swap()
    {
        (_text, _other) = (_other, _text);
        return true;
    }

    /// <summary>
    /// ftfy's <c>fix_c1_controls</c>, <c>fix_latin_ligatures</c>, <c>fix_character_width</c>, <c>uncurl_quotes</c> and <c>fix_line_breaks</c>.
    /// Its <c>fix_surrogates</c> is composition's.
    /// </summary>
    private bool Replace()
    {
        var chars = _text.Chars;
        if (!chars.ContainsAny(s_replaced)) return false;

        _other.Clear();
        var changed = false;
        for (var at = 0; at < chars.Length; at++)
        {
            var unit = chars[at];
            var offset = _text.Offsets[at];
            if (unit is >= '\u0080' and <= '\u009F') unit = HtmlReferences.Windows1252[unit - 0x80];

            var plain = Plain(unit, _table.Span<char>(ClipSection.PlainWidths));
            if (!plain.IsEmpty)
            {
                _other.Add(plain, offset);
                changed = true;
                continue;
            }

            changed |= unit != chars[at];
            _other.Add(unit, offset);
        }

        return changed;
    }

    private static ReadOnlySpan<char> Plain(char unit, ReadOnlySpan<char> widths) => unit switch
    {
        < '\u0132' => default,
        'Ĳ' => "IJ",
        'ĳ' => "ij",
        'ŉ' => "'n",
        'Ǆ' => "DŽ",
        'ǅ' => "Dž",
        'ǆ' => "dž",
        'Ǉ' => "LJ",
        'ǈ' => "Lj",
        'ǉ' => "lj",
        'Ǌ' => "NJ",
        'ǋ' => "Nj",
        'ǌ' => "nj",
        'Ǳ' => "DZ",
        'ǲ' => "Dz",
        'ǳ' => "dz",
        '\u02BC' or (>= '\u2018' and <= '\u201B') => "'",
        >= '\u201C' and <= '\u201F' => "\"",
        '\u2028' or '\u2029' => "\n",
        '\u3000' => " ",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' => "ſt",
        'ﬆ' => "st",
        >= '\uFF00' and < '\uFFF0' => Width(widths.Slice((unit - 0xFF00) * 2, 2)),
        _ => default,
    };

    private static ReadOnlySpan<char> Width(ReadOnlySpan<char> plain) => plain[0] == 0 ? default : plain[1] == 0 ? plain[..1] : plain;

    /// <summary>ftfy's <c>remove_terminal_escapes</c> and <c>remove_control_chars</c>.</summary>
    private bool Strip()
    {
        var chars = _text.Chars;
        if (!chars.ContainsAny(s_controls)) return false;

        _other.Clear();
        for (var at = 0; at < chars.Length;)
        {
            if (chars[at] == Escape && TerminalEscape(chars[at..]) is var length and > 0)
            {
                at += length;
                continue;
            }

            if (!s_controls.Contains(chars[at])) _other.Add(chars[at], _text.Offsets[at]);
            at++;
        }

        return true;
    }

    /// <summary><c>ESC \[ (\d|;)* [a-zA-Z]</c>: its length, or 0.</summary>
    private static int TerminalEscape(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[1] != '[') return 0;

        var at = 2;
        while (at < text.Length && (text[at] == ';' || char.IsDigit(text[at]))) at++;
        return at < text.Length && char.IsAsciiLetter(text[at]) ? at + 1 : 0;
    }

    private static string Units(params ReadOnlySpan<string> ranges)
    {
        var units = new StringBuilder();
        foreach (var range in ranges)
        {
            for (var unit = range[0]; unit <= range[1]; unit++) units.Append(unit);
        }

        return units.ToString();
    }

    /// <summary>Unicode's full lower case: `İ` becomes two, and under Python's rule (not transformers') Σ at a word's end becomes ς.</summary>
    private void Lower(bool finalSigma)
    {
        var chars = _text.Chars;
        _other.Clear();
        for (var at = 0; at < chars.Length;)
        {
            var offset = _text.Offsets[at];
            var unit = chars[at];
            if (unit < 0x80)
            {
                _other.Add(unit is >= 'A' and <= 'Z' ? (char)(unit | 0x20) : unit, offset);
                at++;
                continue;
            }

            var point = CanonicalComposer.PointAt(chars, at, out var length);
            switch (point)
            {
                case 'İ':
                    _other.Add("i\u0307", offset);
                    break;
                case 'Σ':
                    _other.Add(finalSigma && IsFinal(chars, at) ? 'ς' : 'σ', offset);
                    break;
                default:
                    _other.AddPoint((uint)Rune.ToLowerInvariant(new Rune(point)).Value, offset);
                    break;
            }

            at += length;
        }

        Swap();
    }

    /// <summary>Unicode's Final_Sigma: a cased letter before, none behind, passing over what is case-ignorable.</summary>
    private bool IsFinal(ReadOnlySpan<char> chars, int sigma)
    {
        var before = UnicodeTraits.None;
        for (var at = sigma; at > 0;)
        {
            at--;
            if (char.IsLowSurrogate(chars[at]) && at > 0 && char.IsHighSurrogate(chars[at - 1])) at--;
            before = _composer.Traits(CanonicalComposer.PointAt(chars, at, out _));
            if ((before & UnicodeTraits.CaseIgnorable) == 0) break;

            before = UnicodeTraits.None;
        }

        if ((before & UnicodeTraits.Cased) == 0) return false;

        for (var at = sigma + 1; at < chars.Length;)
        {
            var behind = _composer.Traits(CanonicalComposer.PointAt(chars, at, out var length));
            if ((behind & UnicodeTraits.CaseIgnorable) == 0) return (behind & UnicodeTraits.Cased) == 0;

            at += length;
        }

        return true;
    }
}
