using System.Globalization;
using Kohaku.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Kohaku.Faults.Tests.Kills;

/// <summary>
/// Killed at any moment, a command leaves each file as it was or as it was to be, and run again it ends as if nothing had happened. <c>tests/Faults/run.sh</c> runs as many rounds as one likes:
/// <c>KOHAKU_FAULT_ROUNDS</c> for each command, <c>KOHAKU_FAULT_SEED</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int ShortRounds = 2;
    private const int ShortSteps = 3;

    private static readonly int? Rounds = Number("KOHAKU_FAULT_ROUNDS");
    private static readonly int Seed = Number("KOHAKU_FAULT_SEED") ?? 1;

    public static TheoryData<string> Names => [.. Scenarios.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Killed_at_any_moment_it_leaves_old_files_or_new_ones(string name)
    {
        using var bench = new KillBench(Scenarios.All[name]);
        var tally = new KillTally();
        bench.KillAtRandom(Rounds ?? ShortRounds, new Random(Seed), tally);
        Report(name, "random", $"{Rounds ?? ShortRounds} kills within {bench.Duration.TotalMilliseconds:0} ms: {tally}");

        // Before every change of the disk, or evenly many of them.
        var steps = new KillTally();
        var (count, kills) = bench.KillAtSteps(2 * Rounds ?? ShortSteps, steps);
        Report(name, "steps", $"{kills} kills before {count} changes: {steps}");
        Assert.Empty(tally.Failures.Concat(steps.Failures));
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Report(string name, string kind, string what)
    {
        output.WriteLine($"{name}: {what}");
        if (Environment.GetEnvironmentVariable("KOHAKU_FAULT_REPORT") is { Length: > 0 } file) File.AppendAllText(file, $"{kind}\t{name}\tseed {Seed}\t{what}\n");
    }
}
