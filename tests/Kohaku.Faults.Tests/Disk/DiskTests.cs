using Kohaku.Faults.Tests.Harness;
using Kohaku.Faults.Tests.Kills;

namespace Kohaku.Faults.Tests.Disk;

/// <summary>A disk that is full, read-only or another's: one clear error, old files as they were, and all right once it can be written again.</summary>
public sealed class DiskTests
{
    // What a cache cannot keep costs time, not the result: a warning, or not even that.
    private static readonly string[] WithoutLoss = ["lint, index of a database"];

    public static TheoryData<string, long> FullAt => Pairs.Of<string, long>(Scenarios.All.Keys, [0, 100, 3000]);

    public static TheoryData<string, int> Refusals => Pairs.Of<string, int>(Scenarios.All.Keys, [FaultyDisk.ReadOnly, FaultyDisk.NoRight]);

    [Theory]
    [MemberData(nameof(FullAt))]
    public void A_full_disk_is_said_and_old_files_stay(string name, long bytes)
    {
        using var bench = new KillBench(Scenarios.All[name]);
        var (run, wrong) = bench.RunOn(FaultyDisk.Full(bench.Scratch, bytes));

        Assert.Empty(wrong);
        AssertSaid(name, run, "the disk is full");
    }

    [Fact]
    public void A_quota_that_is_used_up_is_a_full_disk()
    {
        using var bench = new KillBench(Scenarios.All["format"]);
        var (run, wrong) = bench.RunOn(FaultyDisk.Full(bench.Scratch, 0, FaultyDisk.OverQuota));

        Assert.Empty(wrong);
        AssertSaid("format", run, "the disk is full");
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_folder_that_cannot_be_written_is_said_and_old_files_stay(string name, int refusal)
    {
        using var bench = new KillBench(Scenarios.All[name]);
        var (run, wrong) = bench.RunOn(FaultyDisk.Refusing(bench.Scratch, refusal));

        Assert.Empty(wrong);
        AssertSaid(name, run, refusal == FaultyDisk.ReadOnly ? "read-only" : "right");
    }

    private static void AssertSaid(string name, Run run, string what)
    {
        var lines = run.Error.Split('\n').Where(line => line.Contains(what, StringComparison.Ordinal)).ToList();
        if (WithoutLoss.Contains(name))
        {
            Assert.Equal(0, run.Code);
            Assert.StartsWith("warning: ", Assert.Single(lines), StringComparison.Ordinal);
            return;
        }

        Assert.True(run.Code == 2, $"{name} ends with {run.Code}: {run.Error}");
        Assert.True(lines.Count > 0, run.Error);
        Assert.DoesNotContain("internal error", run.Error, StringComparison.Ordinal);

        // One error a file, and each names its file.
        Assert.Equal(lines.Count, lines.Distinct().Count());
        Assert.All(lines, line => Assert.Matches("^error: [^:]*[./][^:]*: ", line));
    }
}
