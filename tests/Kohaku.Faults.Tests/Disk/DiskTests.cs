using System.Text.RegularExpressions;
using Kohaku.Faults.Tests.Harness;
using Kohaku.Faults.Tests.Kills;

namespace Kohaku.Faults.Tests.Disk;

/// <summary>A disk that is full, read-only or another's: one clear error, old files as they were, and all right once it can be written again.</summary>
public sealed class DiskTests
{
    // What a cache cannot keep costs time, not the result: a warning, or not even that.
    private static readonly string[] WithoutLoss = ["lint, index of a database"];

    // The first import, over all tags that ship, writes as the others do and takes its time. A removal writes nothing.
    public static TheoryData<string> Names => [.. Scenarios.All.Keys.Where(name => name is not ("tags import" or "gpu remove"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_disk_that_cannot_be_written_is_said_and_old_files_stay(string name)
    {
        using var bench = new KillBench(Scenarios.All[name], isTimed: false);
        Try(FaultyDisk.Full(bench.Scratch, 0), "the disk is full");
        Try(FaultyDisk.Full(bench.Scratch, 100, FaultyDisk.OverQuota), "the disk is full");
        Try(FaultyDisk.Refusing(bench.Scratch, FaultyDisk.ReadOnly), "read-only");
        Try(FaultyDisk.Refusing(bench.Scratch, FaultyDisk.NoRight), "read-only|right");
        Try(FaultyDisk.Full(bench.Scratch, bench.ChangedBytes / 2), "the disk is full", again: true);

        void Try(IReadOnlyDictionary<string, string> disk, string what, bool again = false)
        {
            var (run, wrong) = bench.RunOn(disk, again);
            Assert.Empty(wrong);
            AssertSaid(name, run, what);
        }
    }

    private static void AssertSaid(string name, Run run, string what)
    {
        var lines = run.Error.Split('\n').Where(line => Regex.IsMatch(line, what)).ToList();
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
        Assert.All(lines, line => Assert.Matches("^error: [^:]+: ", line));
    }
}
