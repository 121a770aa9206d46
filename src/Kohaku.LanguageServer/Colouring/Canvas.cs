using System.Text;
using Kohaku.LanguageServer.Documents;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Colouring;

/// <summary>A text that is painted span over span; what shows at last is read off as tokens, which so never overlap or leave their line.</summary>
internal sealed class Canvas
{
    private readonly string _text;
    private readonly byte[] _types;
    private readonly byte[] _modifiers;
    private readonly bool[] _begins;

    /// <summary>A canvas as long as a text.</summary>
    public Canvas(string text)
    {
        _text = text;
        _types = new byte[text.Length];
        _modifiers = new byte[text.Length];
        _begins = new bool[text.Length + 1];
    }

    /// <summary>Paints over what was there.</summary>
    public void Paint(TextSpan span, ColourType type, ColourModifiers modifiers = ColourModifiers.None)
    {
        if (span.Length <= 0) return;

        _types.AsSpan(span.Start, span.Length).Fill((byte)(type + 1));
        _modifiers.AsSpan(span.Start, span.Length).Fill((byte)modifiers);
        _begins[span.Start] = _begins[span.End] = true;
    }

    /// <summary>The tokens that show, in order.</summary>
    public ColouredToken[] Read(PositionEncoding encoding)
    {
        var tokens = new List<ColouredToken>();
        var line = 0;
        var (column, counted) = (0, 0);
        for (var at = 0; at < _text.Length;)
        {
            if (_text[at] is '\n' or '\r')
            {
                at += _text[at] == '\r' && at + 1 < _text.Length && _text[at + 1] == '\n' ? 2 : 1;
                line++;
                counted = at;
                column = 0;
                continue;
            }

            if (_types[at] == 0)
            {
                at++;
                continue;
            }

            var end = at + 1;
            while (end < _text.Length && _types[end] == _types[at] && _modifiers[end] == _modifiers[at] && !_begins[end] && _text[end] is not ('\n' or '\r')) end++;
            column += Units(counted, at);
            var length = Units(at, end);
            tokens.Add(new ColouredToken(line, column, length, (byte)(_types[at] - 1), _modifiers[at]));
            column += length;
            counted = at = end;
        }

        return [.. tokens];

        int Units(int start, int end) => encoding == PositionEncoding.Utf16 ? end - start : Encoding.UTF8.GetByteCount(_text.AsSpan(start, end - start));
    }
}
