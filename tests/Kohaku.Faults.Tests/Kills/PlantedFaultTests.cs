using Kohaku.Faults.Tests.Harness;

namespace Kohaku.Faults.Tests.Kills;

/// <summary>A bench that cannot fail proves nothing: each finds a fault that is planted in what it runs.</summary>
public sealed class PlantedFaultTests
{
    private const string InPlace = "$| = 1; open F, '>', 'a.prompt'; for (1..100) { syswrite F, 'new' x 20; select undef, undef, undef, 0.001 } close F";

    [Fact]
    public void A_program_that_writes_files_in_place_is_found()
    {
        using var bench = new KillBench(Careless(InPlace));
        var tally = new KillTally();
        bench.KillAtSteps(5, tally);
        Assert.Contains(tally.Failures, failure => failure.EndsWith("work/a.prompt is neither old nor new", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_writes_files_in_place_is_found_at_random_moments_too()
    {
        using var bench = new KillBench(Careless(InPlace));
        var tally = new KillTally();
        bench.KillAtRandom(20, new Random(1), tally);
        Assert.Contains(tally.Failures, failure => failure.EndsWith("work/a.prompt is neither old nor new", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_never_takes_its_rest_away_is_found()
    {
        using var bench = new KillBench(Careless("$t = qq(.kohaku-$$-1.tmp); open F, '>', $t; print F 'new'; close F; rename $t, 'a.prompt'"));
        var tally = new KillTally();
        bench.KillAtSteps(5, tally);
        Assert.Contains(tally.Failures, failure => failure.EndsWith("is still there", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_cannot_go_on_after_a_kill_is_found()
    {
        using var bench = new KillBench(Careless("exit 3 if -e '.kohaku-1-1.tmp'; open F, '>', '.kohaku-1-1.tmp'; print F 'new'; close F; rename '.kohaku-1-1.tmp', 'a.prompt'"));
        var tally = new KillTally();
        bench.KillAtSteps(5, tally);
        Assert.Contains(tally.Failures, failure => failure.Contains("the next run ends with 3", StringComparison.Ordinal));
    }

    // Perl belongs to every Debian.
    private static KillScenario Careless(string script) => new("planted", ["-e", script], static scratch => scratch.Write("a.prompt", "old")) { Program = ["perl"] };
}
