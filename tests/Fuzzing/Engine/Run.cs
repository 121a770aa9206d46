using System.Diagnostics;
using System.Globalization;

namespace Kohaku.Fuzzing.Engine;

/// <summary>What a run did.</summary>
/// <param name="Target">Of which target.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Cases">How many inputs were fed.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Failures">What broke, each once.</param>
/// <param name="Edges">How many branches were seen to be taken; 0 where nobody counted.</param>
/// <param name="Kept">How many inputs were kept for the branches they took.</param>
internal sealed record Tally(string Target, ulong Seed, long Cases, TimeSpan Time, IReadOnlyList<Failure> Failures, int Edges = 0, int Kept = 0);

/// <summary>Feeds a target and gathers what breaks; a failure does not end a run.</summary>
internal abstract class Run(Target target, ulong seed, CaseLog log)
{
    private readonly Dictionary<string, Failure> _failures = new(StringComparer.Ordinal);

    /// <summary>The target.</summary>
    protected Target Target { get; } = target;

    /// <summary>The seed.</summary>
    protected ulong Seed { get; } = seed;

    /// <summary>Told of each failure that is new.</summary>
    public Action<Failure>? OnFailure { get; init; }

    /// <summary>Feeds so many inputs.</summary>
    public Tally Go(long cases)
    {
        var clock = Stopwatch.StartNew();
        for (long number = 0; number < cases; number++) Step(number);
        log.End();
        return Told(new Tally(Target.Name, Seed, cases, clock.Elapsed, [.. _failures.Values]));
    }

    /// <summary>Feeds one input.</summary>
    protected abstract void Step(long number);

    /// <summary>What else is known of a run.</summary>
    protected virtual Tally Told(Tally tally) => tally;

    /// <summary>Feeds an input and takes note of what breaks.</summary>
    /// <returns>Whether all held.</returns>
    protected bool Feed(byte[] input, long number)
    {
        log.Begin(Target.Name, Seed, number, input);
        try
        {
            Target.Check(input);
            return true;
        }
        catch (Exception error)
        {
            var key = Failure.KeyOf(error);
            if (_failures.ContainsKey(key)) return false;

            var small = Minimizer.Shrink(Target, input, key);
            var failure = new Failure(key, string.Create(CultureInfo.InvariantCulture, $"{Target.Name} {Seed} {number}"), small, Again(small) ?? error);
            _failures.Add(key, failure);
            OnFailure?.Invoke(failure);
            return false;
        }
    }

    // The error of the small input says more.
    private Exception? Again(byte[] input)
    {
        try
        {
            Target.Check(input);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}

/// <summary>Inputs that seed and number alone decide: half made, half damaged.</summary>
internal sealed class SeededRun(Target target, ulong seed, CaseLog log) : Run(target, seed, log)
{
    /// <summary>The input of a number.</summary>
    public static byte[] Input(Target target, ulong seed, long number)
    {
        var dice = new Dice(seed, number);
        if (dice.OneIn(2)) return target.Make(dice);

        var seeds = target.Seeds;
        var start = seeds.Count > 0 && dice.OneIn(3) ? seeds[dice.Below(seeds.Count)] : target.Make(dice);
        var other = seeds.Count > 0 && dice.OneIn(2) ? seeds[dice.Below(seeds.Count)] : start;
        return Mutator.Change(start, other, target, dice);
    }

    /// <inheritdoc/>
    protected override void Step(long number) => Feed(Input(Target, Seed, number), number);
}
