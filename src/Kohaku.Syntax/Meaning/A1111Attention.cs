using System.Buffers;

namespace Kohaku.Syntax.Meaning;

/// <summary>A1111's <c>parse_prompt_attention</c>.</summary>
/// <remarks>
/// A1111 multiplies a whole range of runs whenever a bracket closes, which is quadratic for deep nesting. Here a run only remembers the
/// brackets that are open around it; when all of them have their multipliers, a run's weight is the product in the order in which the
/// brackets closed, so it is the same to the last bit. A run in more than <see cref="ExactDepth"/> brackets takes the product
/// from outside in instead, which each bracket has ready: that differs by rounding only.
/// </remarks>
internal sealed class A1111Attention
{
    private const int ExactDepth = 64;
    private const double RoundMultiplier = 1.1;
    private const double SquareMultiplier = 1 / 1.1;
    private const int NeverClosed = int.MaxValue;

    private static readonly SearchValues<char> Special = SearchValues.Create("\\()[]:");

    private Bracket[] _brackets = new Bracket[8];
    private int _bracketCount;
    private Place[] _places = new Place[16];

    /// <summary>A bracket that was opened; its outer one is of the same shape, and 0 stands for none.</summary>
    private record struct Bracket(int Outer, int Depth, double Multiplier, int Closed, double Product);

    /// <summary>The innermost brackets of both shapes around a run.</summary>
    private readonly record struct Place(int Round, int Square);

    public AttentionError? Read(ReadOnlySpan<char> text, AttentionReader runs)
    {
        AttentionError? error = null;
        _bracketCount = 1;
        var here = default(Place);
        var closed = 0;
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            switch (text[i])
            {
                case '\\':
                    i += i + 1 < text.Length && text[i + 1] is '(' or ')' or '[' or ']' or '\\' ? 2 : 1;
                    Add(runs, start + 1, i, here);
                    break;
                case '(':
                    here = here with { Round = Open(here.Round, RoundMultiplier) };
                    i++;
                    break;
                case '[':
                    here = here with { Square = Open(here.Square, SquareMultiplier) };
                    i++;
                    break;
                case ')' when here.Round > 0:
                    here = here with { Round = Close(here.Round, RoundMultiplier, closed++) };
                    i++;
                    break;
                case ']' when here.Square > 0:
                    here = here with { Square = Close(here.Square, SquareMultiplier, closed++) };
                    i++;
                    break;
                case ':' when TryReadWeight(text, i, out var number, out var end):
                    i = end;
                    if (here.Round == 0)
                    {
                        AddText(text, start, end, runs, here);
                        break;
                    }

                    if (!PythonText.TryParseFloat(text.Slice(number.Start, number.Length), out var weight))
                    {
                        error ??= new AttentionError(number, $"could not convert string to float: '{text.Slice(number.Start, number.Length)}'");
                        weight = 1;
                    }

                    here = here with { Round = Close(here.Round, weight, closed++) };
                    break;
                case ')' or ']' or ':':
                    i++;
                    AddText(text, start, i, runs, here);
                    break;
                default:
                    var length = text[i..].IndexOfAny(Special);
                    i = length < 0 ? text.Length : i + length;
                    AddText(text, start, i, runs, here);
                    break;
            }
        }

        Weigh(runs.Added);
        return error;
    }

    /// <summary><c>:\s*([+-]?[.\d]+)\s*\)</c></summary>
    internal static bool TryReadWeight(ReadOnlySpan<char> text, int colon, out TextSpan number, out int end)
    {
        var start = PythonText.SkipWhiteSpace(text, colon + 1);
        var position = start;
        if (position < text.Length && text[position] is '+' or '-')
            position++;
        var digits = position;
        while (position < text.Length)
        {
            var length = text[position] == '.' ? 1 : PythonText.DigitLength(text, position, out _);
            if (length == 0)
                break;
            position += length;
        }

        number = TextSpan.FromBounds(start, position);
        end = PythonText.SkipWhiteSpace(text, position) + 1;
        return position > digits && end <= text.Length && text[end - 1] == ')';
    }

    /// <summary>Adds a text, divided at <c>\s*\bBREAK\b\s*</c>; boundaries look no farther than the text itself.</summary>
    private void AddText(ReadOnlySpan<char> all, int start, int end, AttentionReader runs, Place here)
    {
        var text = all[..end];
        while (true)
        {
            var at = PythonText.IndexOfWord(text[start..], "BREAK", 0);
            if (at < 0)
                break;
            at += start;
            Add(runs, start, PythonText.TrimEnd(text, start, at), here);
            Add(runs, at, at + 5, here, isBreak: true);
            start = PythonText.SkipWhiteSpace(text, at + 5);
        }

        Add(runs, start, end, here);
    }

    private void Add(AttentionReader runs, int start, int end, Place here, bool isBreak = false)
    {
        var index = runs.Runs.Length;
        if (index == _places.Length)
            Array.Resize(ref _places, index * 2);
        _places[index] = here;
        runs.Add(start, end, 1, isBreak);
    }

    private int Open(int outer, double multiplier)
    {
        if (_bracketCount == _brackets.Length)
            Array.Resize(ref _brackets, _bracketCount * 2);
        _brackets[_bracketCount] = new Bracket(outer, _brackets[outer].Depth + 1, multiplier, NeverClosed, 1);
        return _bracketCount++;
    }

    private int Close(int bracket, double multiplier, int order)
    {
        ref var closing = ref _brackets[bracket];
        closing.Multiplier = multiplier;
        closing.Closed = order;
        return closing.Outer;
    }

    private void Weigh(Span<AttentionRun> runs)
    {
        if (_bracketCount > 1)
        {
            _brackets[0] = new Bracket(0, 0, 1, NeverClosed, 1);
            for (var i = 1; i < _bracketCount; i++)
                _brackets[i].Product = _brackets[_brackets[i].Outer].Product * _brackets[i].Multiplier;
        }

        var last = default(Place);
        var weight = 1.0;
        for (var i = 0; i < runs.Length; i++)
        {
            if (_places[i] != last)
            {
                last = _places[i];
                weight = WeightAt(last);
            }

            runs[i] = runs[i] with { Weight = runs[i].IsBreak ? -weight : weight };
        }
    }

    private double WeightAt(Place place)
    {
        var (round, square) = (place.Round, place.Square);
        if (_brackets[round].Depth + _brackets[square].Depth > ExactDepth)
            return _brackets[round].Product * _brackets[square].Product;
        var weight = 1.0;
        while (round > 0 || square > 0)
        {
            // What closed first comes first; what never closed comes last, round before square.
            var isRound = square == 0 || (round > 0 && _brackets[round].Closed <= _brackets[square].Closed);
            ref readonly var next = ref _brackets[isRound ? round : square];
            weight *= next.Multiplier;
            if (isRound)
                round = next.Outer;
            else
                square = next.Outer;
        }

        return weight;
    }
}
