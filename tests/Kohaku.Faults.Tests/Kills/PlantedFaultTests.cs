using Kohaku.Faults.Tests.Harness;

namespace Kohaku.Faults.Tests.Kills;

/// <summary>A bench that cannot fail proves nothing: each finds a fault that is planted in what it runs.</summary>
public sealed class PlantedFaultTests
{
    [Fact]
    public void A_program_that_writes_files_in_place_is_found()
    {
        using var bench = new KillBench(Careless("for n in 1 2 3 4 5 6 7 8; do dd if=/dev/zero of=a.prompt bs=1k seek=$n count=1 2>/dev/null; done", "old"));
        var tally = new KillTally();
        bench.KillAtSteps(1, tally);
        Assert.Contains(tally.Failures, failure => failure.EndsWith("work/a.prompt is neither old nor new", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_writes_files_in_place_is_found_at_random_moments_too()
    {
        using var bench = new KillBench(Careless("for n in 1 2 3 4 5 6 7 8; do dd if=/dev/zero of=a.prompt bs=1k seek=$n count=1 2>/dev/null; done", "old"));
        var tally = new KillTally();
        bench.KillAtRandom(20, new Random(1), tally);
        Assert.Contains(tally.Failures, failure => failure.EndsWith("work/a.prompt is neither old nor new", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_never_takes_its_rest_away_is_found()
    {
        using var bench = new KillBench(Careless("t=.kohaku-$$-1.tmp; echo new >$t; mv $t a.prompt", "old"));
        var tally = new KillTally();
        bench.KillAtSteps(1, tally);
        Assert.Contains(tally.Failures, failure => failure.EndsWith("is still there", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_cannot_go_on_after_a_kill_is_found()
    {
        using var bench = new KillBench(Careless("[ -e begun ] && exit 3; echo >begun; echo new >.kohaku-1-1.tmp; mv .kohaku-1-1.tmp a.prompt; rm begun", "old"));
        var tally = new KillTally();
        bench.KillAtSteps(1, tally);
        Assert.Contains(tally.Failures, failure => failure.Contains("the next run ends with 3", StringComparison.Ordinal));
    }

    private static KillScenario Careless(string script, string before) =>
        new("planted", ["-c", script], scratch => scratch.Write("a.prompt", before)) { Program = ["sh"] };
}
