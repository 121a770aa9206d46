using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Targets;

namespace Kohaku.Fuzzing.Tests;

/// <summary>Each target, for a moment and always with the same cases; <c>tests/Fuzzing/run.sh</c> runs them long.</summary>
public sealed class ShortRunTests
{
    private const long Cases = 20_000;
    private const ulong Seed = 42;

    public static TheoryData<string> Names => [.. AllTargets.Kinds.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_must_hold_holds(string name)
    {
        var kind = AllTargets.Kinds.Single(kind => kind.Name == name);
        using var target = kind.Make();
        var folder = Directory.CreateTempSubdirectory("kohaku-fuzzing-tests-").FullName;
        using (var log = new CaseLog(Path.Combine(folder, CommandLine.CaseLogName), name => Environment.FailFast($"{name} takes for ever")))
        {
            var tally = new SeededRun(target, Seed, log).Go((long)Math.Ceiling(Cases * kind.Share / AllTargets.Kinds.Sum(other => other.Share)));
            Assert.All(tally.Failures, failure => Assert.Fail($"{failure.Case}: {failure.Error}\n{target.Show(failure.Input)}"));
        }

        Directory.Delete(folder, recursive: true);
    }
}
