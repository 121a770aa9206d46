namespace Kohaku.Fuzzing.Engine;

/// <summary>Inputs that come from those before: what takes a branch that none took before is kept and damaged further.</summary>
/// <remarks>
/// Needs assemblies that <see cref="Coverage.Instrument"/> has changed. The counts are those of AFL (Zalewski, technical details of afl-fuzz): a branch is the pair of two places, and how often it was
/// taken counts in eight steps.
/// </remarks>
internal sealed class GuidedRun(Target target, ulong seed, CaseLog log, Coverage coverage) : Run(target, seed, log)
{
    private readonly List<byte[]> _kept = [];

    /// <inheritdoc/>
    protected override void Step(long number)
    {
        var dice = new Dice(Seed, number);
        var input = Next(number, dice);
        Coverage.Clear();
        if (Feed(input, number) && coverage.IsNew()) _kept.Add(input);
    }

    /// <inheritdoc/>
    protected override Tally Told(Tally tally) => tally with { Edges = coverage.Edges, Kept = _kept.Count };

    private byte[] Next(long number, Dice dice)
    {
        if (number < Target.Seeds.Count) return Target.Seeds[(int)number];
        if (_kept.Count == 0 || dice.OneIn(10)) return Target.Make(dice);

        // The newest lead on.
        var recent = Math.Min(_kept.Count, 64);
        var start = dice.OneIn(2) ? _kept[_kept.Count - 1 - dice.Below(recent)] : _kept[dice.Below(_kept.Count)];
        return Mutator.Change(start, _kept[dice.Below(_kept.Count)], Target, dice);
    }
}
