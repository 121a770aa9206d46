using System.Globalization;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Targets;

namespace Kohaku.Fuzzing;

/// <summary>A run of some targets.</summary>
/// <param name="Targets">Their names.</param>
/// <param name="Cases">How many cases in all.</param>
/// <param name="Seed">The seed.</param>
/// <param name="IsGuided">Whether inputs are made from those that took new branches.</param>
/// <param name="Output">Where failing inputs are kept.</param>
internal sealed record Campaign(IReadOnlyList<string> Targets, long Cases, ulong Seed, bool IsGuided, string Output)
{
    /// <summary>Reads arguments; null where they are none of a campaign.</summary>
    public static Campaign? Read(string[] arguments)
    {
        var names = new List<string>();
        var (cases, seed, guided, output) = (100_000L, 1ul, false, Path.Combine("artifacts", "fuzzing"));
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--cases" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out cases):
                case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed):
                    i++;
                    break;
                case "--output" when value.Length > 0:
                    output = value;
                    i++;
                    break;
                case "--guided":
                    guided = true;
                    break;
                case var name when AllTargets.Kinds.Any(kind => kind.Name == name):
                    names.Add(name);
                    break;
                default:
                    return null;
            }
        }

        return new Campaign(names.Count > 0 ? names : [.. AllTargets.Kinds.Select(kind => kind.Name)], cases, seed, guided, output);
    }

    /// <summary>Feeds the targets one behind the other.</summary>
    /// <returns>1 where something broke, 2 where the run could not be made.</returns>
    public int Run(TextWriter output, TextWriter error)
    {
        if (IsGuided && !Coverage.IsThere)
        {
            error.WriteLine("the assemblies here do not count their branches; run `instrument` on a copy of this folder, and --guided there (tests/Fuzzing/run.sh does both)");
            return 2;
        }

        using var log = new CaseLog(Path.Combine(Output, CommandLine.CaseLogName), name => End(name, error));
        var tallies = new List<Tally>();
        var kinds = AllTargets.Kinds.Where(kind => Targets.Contains(kind.Name)).ToList();
        var shares = kinds.Sum(kind => kind.Share);
        output.WriteLine("| target | cases | seed | time | cases a second | failures |" + (IsGuided ? " branches | inputs kept |" : ""));
        output.WriteLine("|---|---|---|---|---|---|" + (IsGuided ? "---|---|" : ""));
        foreach (var kind in kinds)
        {
            using var target = kind.Make();
            var cases = (long)Math.Round(Cases * kind.Share / shares);
            Run run = IsGuided ? new GuidedRun(target, Seed, log, new Coverage()) { OnFailure = failure => Tell(target, failure, error) }
                : new SeededRun(target, Seed, log) { OnFailure = failure => Tell(target, failure, error) };
            var tally = run.Go(cases);
            tallies.Add(tally);
            output.WriteLine(Row(tally));
            output.Flush();
        }

        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Total: {tallies.Sum(tally => tally.Cases)} cases"));
        return tallies.Exists(tally => tally.Failures.Count > 0) ? 1 : 0;
    }

    private string Row(Tally tally)
    {
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {tally.Target} | {tally.Cases:N0} | {tally.Seed} | {tally.Time.TotalSeconds:F0} s | {tally.Cases / Math.Max(0.001, tally.Time.TotalSeconds):N0} | {tally.Failures.Count} |");
        return IsGuided ? row + string.Create(CultureInfo.InvariantCulture, $" {tally.Edges:N0} | {tally.Kept:N0} |") : row;
    }

    private void Tell(Target target, Failure failure, TextWriter error)
    {
        var path = Path.Combine(Output, $"{failure.Case.Replace(' ', '-')}.input");
        using (var file = new FileStream(path, FileMode.Create)) file.Write(failure.Input);
        error.WriteLine($"""
            {target.Name}: {failure.Error}
              input:  {target.Show(failure.Input)}
              saved:  {path}
              again:  tests/Fuzzing/run.sh {(IsGuided ? $"file {target.Name} {path}" : $"once {failure.Case}")}

            """);
        error.Flush();
    }

    private static void End(string name, TextWriter error)
    {
        error.WriteLine($"{name}: this case takes for ever; its input lies in {CommandLine.CaseLogName}");
        error.Flush();
        Environment.Exit(3);
    }
}
