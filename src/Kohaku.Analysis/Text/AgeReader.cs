namespace Kohaku.Analysis.Text;

/// <summary>Reads ages below eighteen word by word: <c>14 years old</c>, <c>16yo</c>, <c>age 12</c>, <c>twelve-year-old</c>.</summary>
internal struct AgeReader
{
    private const int Adult = 18;
    private int _number;
    private State _state;

    private enum State : byte
    {
        None,

        /// <summary>A number: a unit may follow.</summary>
        Number,

        /// <summary>A number and <c>years</c>: <c>old</c> may follow.</summary>
        Years,

        /// <summary><c>y</c> of <c>y/o</c>.</summary>
        Letter,

        /// <summary><c>age</c>: a number may follow.</summary>
        Age,

        /// <summary><c>twenty</c>: the number that follows is only its last digit.</summary>
        Tens,
    }

    /// <summary>Whether an age of eighteen or more was read.</summary>
    public bool SawAdult { get; private set; }

    /// <summary>Takes the next word; true where it completes a minor's age.</summary>
    public bool Read(ReadOnlySpan<char> word)
    {
        var state = _state;
        _state = State.None;
        if (TryNumber(word, out var number, out var unit))
        {
            var isAge = state == State.Age && unit.IsEmpty;
            _number = state == State.Tens ? Adult : number;
            if (isAge) return IsMinor();
            if (unit.IsEmpty) _state = State.Number;
            else return ReadUnit(unit);
            return false;
        }

        switch (state)
        {
            case State.Number:
                return ReadUnit(word);
            case State.Years when word is "old" or "olds" or "of":
            case State.Letter when word is "o":
                return IsMinor();
            case State.Age when word is "of" or "is":
                _state = State.Age;
                return false;
            default:
                if (word is "age" or "aged" or "ages") _state = State.Age;
                if (word is "twenty" or "thirty" or "forty" or "fifty" or "sixty" or "seventy" or "eighty" or "ninety" or "hundred" or "thousand") _state = State.Tens;
                return false;
        }
    }

    private bool ReadUnit(ReadOnlySpan<char> unit)
    {
        switch (unit)
        {
            case "yo" or "yearold" or "yearsold" or "yrold" or "yrsold" or "歳" or "才":
                return IsMinor();
            case "year" or "years" or "yr" or "yrs":
                _state = State.Years;
                return false;
            case "y":
                _state = State.Letter;
                return false;
            default:
                return false;
        }
    }

    private bool IsMinor()
    {
        SawAdult |= _number >= Adult;
        return _number < Adult;
    }

    /// <summary>A number without leading zeros (<c>1,000</c> is cut at its comma), with or without its unit in the same word.</summary>
    private static bool TryNumber(ReadOnlySpan<char> word, out int number, out ReadOnlySpan<char> unit)
    {
        unit = default;
        number = ContentWordLists.SpelledNumber(word);
        if (number >= 0) return true;
        var digits = 0;
        while (digits < word.Length && char.IsAsciiDigit(word[digits])) digits++;
        if (digits is 0 or > 3 || word[0] == '0') return false;
        number = int.Parse(word[..digits], System.Globalization.CultureInfo.InvariantCulture);
        unit = word[digits..];
        return true;
    }
}
