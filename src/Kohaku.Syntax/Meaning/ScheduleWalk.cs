namespace Kohaku.Syntax.Meaning;

/// <summary>A step of a pass.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Steps">Steps of the pass.</param>
/// <param name="FirstPassSteps">Steps of the pass before, in a hires pass.</param>
internal readonly record struct ScheduleStep(int Number, int Steps, int? FirstPassSteps);

/// <summary>Goes through the stretches of a part that are text at one step, or (without a step) in any option.</summary>
internal struct ScheduleWalk
{
    private readonly ScheduleStructure _structure;
    private readonly ScheduleStep? _step;
    private readonly Stack<Range> _later = new();
    private Range _range;

    public ScheduleWalk(ScheduleStructure structure, int length, ScheduleStep? step)
    {
        _structure = structure;
        _step = step;
        _range = new Range(0, length, structure.IsLiteral ? structure.Brackets.Length : 0, false);
    }

    /// <summary>The stretch; may be empty.</summary>
    public TextSpan Current { get; private set; }

    /// <summary>Whether the stretch begins another option of the bracket it is in.</summary>
    public bool IsNextOption { get; private set; }

    public bool MoveNext()
    {
        while (true)
        {
            var brackets = _structure.Brackets;
            if (_range.Bracket < brackets.Length && brackets[_range.Bracket].Span.Start < _range.End)
            {
                ref readonly var bracket = ref brackets[_range.Bracket];
                Current = TextSpan.FromBounds(_range.Start, bracket.Span.Start);
                IsNextOption = _range.IsNextOption;
                Enter(bracket);
                return true;
            }

            if (_range.Start < _range.End)
            {
                Current = TextSpan.FromBounds(_range.Start, _range.End);
                IsNextOption = _range.IsNextOption;
                _range = _range with { Start = _range.End };
                return true;
            }

            if (!_later.TryPop(out _range))
                return false;
        }
    }

    private void Enter(in ScheduleBracket bracket)
    {
        var options = _structure.OptionsOf(bracket);
        var inner = _range.Bracket + 1;
        _later.Push(new Range(bracket.Span.End, _range.End, bracket.Next, false));
        if (_step is { } step)
        {
            var chosen = options[Choose(bracket, step)];
            _range = new Range(chosen.Start, chosen.End, FirstFrom(chosen.Start, inner, bracket.Next), false);
            return;
        }

        for (var i = options.Length - 1; i > 0; i--)
            _later.Push(new Range(options[i].Start, options[i].End, FirstFrom(options[i].Start, inner, bracket.Next), true));
        _range = new Range(options[0].Start, options[0].End, inner, false);
    }

    private static int Choose(in ScheduleBracket bracket, in ScheduleStep step) =>
        bracket.Kind == ScheduleKind.Alternation
            ? (step.Number - 1) % bracket.OptionCount
            : step.Number <= bracket.LastStepBefore(step.Steps, step.FirstPassSteps) ? 0 : 1;

    /// <summary>The first bracket of some that begins at or after an offset.</summary>
    private readonly int FirstFrom(int offset, int low, int high)
    {
        var brackets = _structure.Brackets;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (brackets[middle].Span.Start < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private readonly record struct Range(int Start, int End, int Bracket, bool IsNextOption);
}
