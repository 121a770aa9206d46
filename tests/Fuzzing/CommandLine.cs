using System.Globalization;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Targets;

namespace Kohaku.Fuzzing;

/// <summary>The fuzzers from the command line.</summary>
internal static class CommandLine
{
    private const string Usage = """
        kohaku-fuzzing [TARGET…] [--cases N] [--seed S] [--guided] [--output FOLDER]   feeds targets, all without a name; N cases are shared among them
        kohaku-fuzzing list                                                         names the targets
        kohaku-fuzzing once TARGET SEED NUMBER                                      feeds one case again
        kohaku-fuzzing file TARGET FILE                                             feeds a file: a saved input, or the log of a run that died
        kohaku-fuzzing instrument FOLDER                                            makes the program's assemblies in a folder count their branches, for --guided
        """;

    /// <summary>Runs; the exit code is 1 where something broke.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        switch (arguments)
        {
            case ["list"]:
                foreach (var kind in AllTargets.Kinds) output.WriteLine(kind.Name);
                return 0;
            case ["once", var name, var seed, var number] when AllTargets.Make(name) is { } target:
                return Once(target, SeededRun.Input(target, ulong.Parse(seed, CultureInfo.InvariantCulture), long.Parse(number, CultureInfo.InvariantCulture)), output);
            case ["file", var name, var path] when AllTargets.Make(name) is { } target:
                return Once(target, Path.GetFileName(path) == CaseLogName ? CaseLog.Read(path).Input : File.ReadAllBytes(path), output);
            case ["instrument", var folder]:
                foreach (var name in Coverage.Instrument(folder)) output.WriteLine(name);
                return 0;
            default:
                if (Campaign.Read(arguments) is { } campaign) return campaign.Run(output, error);
                error.WriteLine(Usage);
                return 2;
        }
    }

    /// <summary>The name of the file that says which case is being fed.</summary>
    public const string CaseLogName = "case.log";

    private static int Once(Target target, byte[] input, TextWriter output)
    {
        using (target)
        {
            output.WriteLine(target.Show(input));
            try
            {
                target.Check(input);
                output.WriteLine("all holds");
                return 0;
            }
            catch (Exception broken)
            {
                output.WriteLine(broken);
                return 1;
            }
        }
    }
}
