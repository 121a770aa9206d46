using System.Buffers;
using System.Text;

namespace Kohaku.Syntax.Meaning;

/// <summary>ComfyUI's <c>token_weights</c> over <c>parse_parentheses</c>, with its escapes.</summary>
/// <remarks>
/// ComfyUI reads the content of each group anew, which is quadratic for deep nesting, and recurses. Here the partner of each bracket, the
/// colons and the bracket behind each colon are found in one pass, and the ranges still to be read stand on a stack.
/// </remarks>
internal sealed class ComfyAttention
{
    private const int None = -1;

    private static readonly SearchValues<char> Marks = SearchValues.Create("():");

    private readonly List<Bracket> _brackets = [];
    private readonly List<Colon> _colons = [];
    private readonly Stack<int> _open = new();
    private readonly Stack<Range> _later = new();

    private record struct Bracket(int Offset, bool IsOpen, int Close);

    private readonly record struct Colon(int Offset, int NextBracket);

    /// <summary>A range to be read, the index of the first bracket in it, and what its plain text weighs.</summary>
    private readonly record struct Range(int Start, int End, int First, double Weight);

    public void Read(ReadOnlySpan<char> text, AttentionReader runs)
    {
        if (text.IsEmpty)
            return;
        Find(text);
        _later.Push(new Range(0, text.Length, 0, 1));
        while (_later.TryPop(out var range))
            Read(text, range, runs);
    }

    /// <summary>A text with <c>\(</c> and <c>\)</c> as the brackets alone. ComfyUI keeps them meanwhile as two control characters, which so become brackets too.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny('\\', '\0') < 0)
            return text.ToString();
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : ' ';
            switch (text[i], next)
            {
                case ('\\', '(' or ')'):
                    plain.Append(next);
                    i++;
                    break;
                case ('\0', '\u0001' or '\u0002'):
                    plain.Append(next == '\u0001' ? ')' : '(');
                    i++;
                    break;
                default:
                    plain.Append(text[i]);
                    break;
            }
        }

        return plain.ToString();
    }

    private void Find(ReadOnlySpan<char> text)
    {
        _brackets.Clear();
        _colons.Clear();
        _open.Clear();
        var waiting = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var skipped = text[i..].IndexOfAny(Marks);
            if (skipped < 0)
                break;
            i += skipped;
            if (text[i] == ':')
            {
                _colons.Add(new Colon(i, text.Length));
                continue;
            }

            if (i > 0 && text[i - 1] == '\\')
                continue;
            for (; waiting < _colons.Count; waiting++)
                _colons[waiting] = _colons[waiting] with { NextBracket = i };
            if (text[i] == '(')
                _open.Push(_brackets.Count);
            else if (_open.TryPop(out var opener))
                _brackets[opener] = _brackets[opener] with { Close = _brackets.Count };
            _brackets.Add(new Bracket(i, text[i] == '(', None));
        }
    }

    /// <summary>Reads a range up to its first group, and leaves the group and what follows it for later.</summary>
    private void Read(ReadOnlySpan<char> text, Range range, AttentionReader runs)
    {
        var depth = 0;
        for (var i = range.First; i < _brackets.Count && _brackets[i].Offset < range.End; i++)
        {
            var bracket = _brackets[i];
            if (!bracket.IsOpen)
            {
                depth--;
                continue;
            }

            if (depth < 0)
            {
                depth++;
                continue;
            }

            if (bracket.Offset > range.Start)
                runs.Add(range.Start, bracket.Offset, range.Weight);
            var close = bracket.Close == None ? range.End : _brackets[bracket.Close].Offset;
            if (close < range.End)
            {
                _later.Push(new Range(close + 1, range.End, bracket.Close + 1, range.Weight));
                _later.Push(Inner(text, bracket.Offset + 1, close, i + 1, range.Weight));
            }
            else if (range.End - bracket.Offset >= 2 && IsClose(text, range.End - 1))
            {
                _later.Push(Inner(text, bracket.Offset + 1, range.End - 1, i + 1, range.Weight));
            }
            else
            {
                runs.Add(bracket.Offset, range.End, range.Weight);
            }

            return;
        }

        if (range.End > range.Start)
            runs.Add(range.Start, range.End, range.Weight);
    }

    private static bool IsClose(ReadOnlySpan<char> text, int offset) => text[offset] == ')' && text[offset - 1] != '\\';

    /// <summary>The content of a group: its own weight behind the last colon, or 1.1 times the outer one.</summary>
    private Range Inner(ReadOnlySpan<char> text, int start, int end, int first, double weight)
    {
        var colon = LastColonBefore(end);
        if (colon >= 0 && _colons[colon].Offset > start && _colons[colon].NextBracket >= end
            && PythonText.TryParseFloat(text[(_colons[colon].Offset + 1)..end], out var own))
            return new Range(start, _colons[colon].Offset, first, own);
        return new Range(start, end, first, weight * 1.1);
    }

    private int LastColonBefore(int offset)
    {
        int low = 0, high = _colons.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_colons[middle].Offset < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
