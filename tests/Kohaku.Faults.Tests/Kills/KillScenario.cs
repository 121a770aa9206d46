using Kohaku.Faults.Tests.Harness;

namespace Kohaku.Faults.Tests.Kills;

/// <summary>A command that changes files, and how what it leaves is judged.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Arguments">Its command line.</param>
/// <param name="Prepare">Writes the files that are there before.</param>
internal sealed record KillScenario(string Name, string[] Arguments, Action<Scratch> Prepare)
{
    /// <summary>What is run in place of the program: a planted fault.</summary>
    public string[]? Program { get; init; }

    /// <summary>The exit code of a run that is let go on to its end.</summary>
    public int Code { get; init; }

    /// <summary>The exit code of a run that finds everything done; <see cref="Code"/> where null.</summary>
    public int? CodeOnceDone { get; init; }

    /// <summary>Whether two contents of a file say the same, where equal bytes are too much to ask.</summary>
    public Func<string, byte[], byte[], bool> Same { get; init; } = static (_, left, right) => left.AsSpan().SequenceEqual(right);

    /// <summary>Files that a run after a kill may have made beside those of a whole run: another number of the same image.</summary>
    public Func<string, string?> TwinOf { get; init; } = static _ => null;

    /// <summary>What cannot be told by files: a sentence on what is wrong, or null.</summary>
    public Func<Scratch, string?> Judge { get; init; } = static _ => null;

    /// <summary>A run to its end.</summary>
    public Run Run(Scratch scratch, IReadOnlyDictionary<string, string>? variables = null) => KohakuProgram.End(Start(scratch, variables));

    /// <summary>A run that somebody may kill.</summary>
    public System.Diagnostics.Process Start(Scratch scratch, IReadOnlyDictionary<string, string>? variables = null) =>
        Program is null ? KohakuProgram.Start(scratch, Arguments, variables) : KohakuProgram.StartAny([.. Program, .. Arguments], scratch, variables);

    public override string ToString() => Name;
}
