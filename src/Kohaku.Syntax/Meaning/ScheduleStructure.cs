using System.Buffers;
using System.Globalization;

namespace Kohaku.Syntax.Meaning;

/// <summary>Which square brackets of a part are editing or alternation, found in one pass.</summary>
/// <remarks>
/// A1111 reads a part with an ambiguous grammar: any bracket or colon may also be plain text. A pair is taken as editing or alternation here
/// wherever it is well formed. Where junk stands beside it A1111's own parser chooses by hash order, so that one program run edits
/// and the next prints the brackets; nothing can agree with both.
/// </remarks>
public sealed class ScheduleStructure
{
    private static readonly ScheduleStructure Plain = new([], [], -1);
    private static readonly SearchValues<char> Marks = SearchValues.Create("[]():|\\");

    private readonly ScheduleBracket[] _brackets;
    private readonly TextSpan[] _options;

    private ScheduleStructure(ScheduleBracket[] brackets, TextSpan[] options, int errorOffset)
    {
        _brackets = brackets;
        _options = options;
        ErrorOffset = errorOffset;
    }

    /// <summary>All editing and alternation, outer before inner, in the text's order; also those that <see cref="IsLiteral"/> makes plain text.</summary>
    public ReadOnlySpan<ScheduleBracket> Brackets => _brackets;

    /// <summary>Options of all brackets: see <see cref="ScheduleBracket.FirstOption"/>.</summary>
    public ReadOnlySpan<TextSpan> Options => _options;

    /// <summary>Offset of the first unescaped <c>|</c> outside an alternation, or of a backslash with nothing to escape; −1 where there is none.</summary>
    public int ErrorOffset { get; }

    /// <summary>Whether the whole part is plain text, because A1111's grammar rejects it.</summary>
    public bool IsLiteral => ErrorOffset >= 0;

    /// <summary>The options of one bracket.</summary>
    public ReadOnlySpan<TextSpan> OptionsOf(in ScheduleBracket bracket) => _options.AsSpan(bracket.FirstOption, bracket.OptionCount);

    /// <summary>Reads a part: a text without networks and without <c>AND</c>.</summary>
    public static ScheduleStructure Parse(ReadOnlySpan<char> text) =>
        text.IndexOfAny('[', '|', '\\') < 0 ? Plain : new Reader().Read(text);

    private struct Frame
    {
        public int Start;
        public bool IsSquare;
        public int Slot;
        public int Colons;
        public int FirstMark;
        public int LastMark;
        public int Bars;
        public int FirstBar;
    }

    /// <summary>One stack of open brackets: a bracket that closes the wrong kind, or whose content no rule allows, makes all open ones plain text.</summary>
    private sealed class Reader
    {
        private readonly Stack<Frame> _open = new();
        private readonly List<ScheduleBracket> _slots = [];
        private readonly List<int> _bars = [];
        private readonly List<TextSpan> _options = [];
        private int _error = -1;

        public ScheduleStructure Read(ReadOnlySpan<char> text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                var skipped = text[i..].IndexOfAny(Marks);
                if (skipped < 0)
                    break;
                i += skipped;
                switch (text[i])
                {
                    case '\\':
                        // Python's `.` is any character but a line feed.
                        if (i + 1 >= text.Length || text[i + 1] == '\n')
                            Fail(i);
                        i++;
                        break;
                    case '(':
                        _open.Push(new Frame { Start = i, Slot = -1 });
                        break;
                    case '[':
                        _open.Push(new Frame { Start = i, IsSquare = true, Slot = _slots.Count });
                        _slots.Add(default);
                        break;
                    case ':' or '|':
                        Mark(i, text[i] == '|');
                        break;
                    default:
                        Close(text, i);
                        break;
                }
            }

            Abandon();
            return new ScheduleStructure(Compact(), [.. _options], _error);
        }

        private void Mark(int offset, bool isBar)
        {
            if (!_open.TryPop(out var frame))
            {
                if (isBar)
                    Fail(offset);
                return;
            }

            if (isBar)
            {
                if (frame.Bars++ == 0)
                    frame.FirstBar = offset;
                _bars.Add(offset);
            }
            else
            {
                if (frame.Colons++ == 0)
                    frame.FirstMark = offset;
                frame.LastMark = offset;
            }

            _open.Push(frame);
        }

        private void Close(ReadOnlySpan<char> text, int offset)
        {
            if (!_open.TryPeek(out var frame))
                return;
            if (frame.IsSquare != (text[offset] == ']') || !TryAccept(text, frame, offset))
                Abandon();
            else
                _open.Pop();
        }

        private bool TryAccept(ReadOnlySpan<char> text, in Frame frame, int close)
        {
            if (!frame.IsSquare)
                return frame.Bars == 0 && frame.Colons <= 1;
            if (frame.Bars > 0)
            {
                if (frame.Colons > 0)
                    return false;
                AddAlternation(frame, close);
                return true;
            }

            return frame.Colons == 0 || (frame.Colons <= 2 && TryAddEditing(text, frame, close));
        }

        private void AddAlternation(in Frame frame, int close)
        {
            // The bars of brackets inside are gone from the list: they closed before.
            var first = _bars.Count - frame.Bars;
            var option = _options.Count;
            var start = frame.Start + 1;
            for (var i = first; i < _bars.Count; i++)
            {
                _options.Add(TextSpan.FromBounds(start, _bars[i]));
                start = _bars[i] + 1;
            }

            _options.Add(TextSpan.FromBounds(start, close));
            _bars.RemoveRange(first, frame.Bars);
            _slots[frame.Slot] = new ScheduleBracket(
                ScheduleKind.Alternation, TextSpan.FromBounds(frame.Start, close + 1), option, frame.Bars + 1, default, 0, false, _slots.Count);
        }

        private bool TryAddEditing(ReadOnlySpan<char> text, in Frame frame, int close)
        {
            var start = PythonText.SkipWhiteSpace(text[..close], frame.LastMark + 1);
            var end = PythonText.TrimEnd(text, start, close);
            var number = text[start..end];
            if (!IsNumber(number))
                return false;
            var value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
            var hasFrom = frame.Colons == 2;
            var option = _options.Count;
            var from = frame.Start + 1;
            _options.Add(hasFrom ? TextSpan.FromBounds(from, frame.FirstMark) : new TextSpan(from, 0));
            _options.Add(TextSpan.FromBounds(hasFrom ? frame.FirstMark + 1 : from, frame.LastMark));
            _slots[frame.Slot] = new ScheduleBracket(
                ScheduleKind.Editing, TextSpan.FromBounds(frame.Start, close + 1), option, 2, TextSpan.FromBounds(start, end), value, number.Contains('.'), _slots.Count)
            {
                HasFrom = hasFrom,
            };
            return true;
        }

        /// <summary>All open brackets are plain text; a bar in one of them has no rule that takes it.</summary>
        private void Abandon()
        {
            foreach (var frame in _open)
            {
                if (frame.Bars > 0)
                    Fail(frame.FirstBar);
            }

            _open.Clear();
            _bars.Clear();
        }

        private void Fail(int offset) => _error = _error < 0 ? offset : Math.Min(_error, offset);

        /// <summary>Drops the slots of brackets that are plain text or emphasis, and renumbers what points behind them.</summary>
        private ScheduleBracket[] Compact()
        {
            var kept = 0;
            var renumbered = new int[_slots.Count + 1];
            for (var i = 0; i < _slots.Count; i++)
            {
                renumbered[i] = kept;
                if (_slots[i].OptionCount > 0)
                    kept++;
            }

            renumbered[_slots.Count] = kept;
            var brackets = new ScheduleBracket[kept];
            for (var i = 0; i < _slots.Count; i++)
            {
                if (_slots[i].OptionCount > 0)
                    brackets[renumbered[i]] = _slots[i] with { Next = renumbered[_slots[i].Next] };
            }

            return brackets;
        }
    }

    /// <summary>lark's <c>SIGNED_NUMBER</c>: ASCII digits, a point with a digit on at least one side, an exponent.</summary>
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text is ['+' or '-', ..])
            text = text[1..];
        var whole = CountDigits(text);
        text = text[whole..];
        if (text is ['.', ..])
        {
            var part = CountDigits(text[1..]);
            if (whole + part == 0)
                return false;
            text = text[(part + 1)..];
        }
        else if (whole == 0)
        {
            return false;
        }

        if (text is ['e' or 'E', ..])
        {
            text = text[1..];
            if (text is ['+' or '-', ..])
                text = text[1..];
            return text.Length > 0 && CountDigits(text) == text.Length;
        }

        return text.IsEmpty;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var other = text.IndexOfAnyExceptInRange('0', '9');
        return other < 0 ? text.Length : other;
    }
}
