using Kohaku.Cli.Commands;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Formatting;

/// <summary>Says what formatting came to: differences and names on standard output, the summary beside it.</summary>
internal sealed class FormatReport(FormatJob job, Session session)
{
    private int _files;
    private int _changed;
    private bool _hasFailed;

    /// <summary>Takes a file's result.</summary>
    public void Take(FormatResult result)
    {
        if (result.Failure is { } failure)
        {
            Failures.Write(session, failure);
            _hasFailed = true;
            return;
        }

        _files++;
        if (!result.IsChanged) return;

        _changed++;
        using var output = session.OpenOutput();
        if (job.Diff) output.Write(result.Diff);
        else if (job.Check) new Page(output, session.OutputLook).Write("would change ", Ink.Faint).WriteForeign(result.Path).Line();
    }

    /// <summary>Takes a text that goes to standard output.</summary>
    public void TakeText(FormatResult result)
    {
        using var output = session.OpenOutput();
        output.Write(result.Text);
        _files++;
    }

    /// <summary>Takes a path that could not be walked, or a text that could not be read.</summary>
    public void Fail(FileProblem problem)
    {
        Failures.Write(session, Failures.Of(problem));
        _hasFailed = true;
    }

    /// <summary>Says the summary.</summary>
    /// <returns>The exit code.</returns>
    public int End()
    {
        if (!job.Quiet && _files > 0 && job.Paths is not ["-"])
        {
            using var error = session.OpenError();
            var verb = job.IsDry ? "would change" : "formatted";
            var page = new Page(error, session.ErrorLook);
            if (_changed > 0) page.Write($"{Words.Count(_changed, "file")} {verb}", Ink.Strong).Write($", {_files - _changed} unchanged").Line();
            else page.Line($"{Words.Count(_files, "file")} in form already");
        }

        if (_hasFailed) return ExitCode.Failed;
        return job.Check && _changed > 0 ? ExitCode.Findings : ExitCode.Clean;
    }
}
