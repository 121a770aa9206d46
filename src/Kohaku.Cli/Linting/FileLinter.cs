using Kohaku.Analysis.Configuration;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Text;
using Kohaku.Files;

namespace Kohaku.Cli.Linting;

/// <summary>Lints one file after the other, and fixes them where that was asked for. One thread at a time.</summary>
internal sealed class FileLinter(LintOptions options, Configurations configurations, Knowledge knowledge, Baseline? baseline, Func<string, string> absolute)
{
    // Two processes that fix the same file in turn: each reads again what the other wrote.
    private const int MostAttempts = 5;

    private readonly DocumentLinter _linter = new(knowledge, options);

    /// <summary>Reads and lints a file.</summary>
    public FileResult Lint(ReadFile read)
    {
        var file = read.Found;
        var path = absolute(file.Path);
        if (read.Problem is not null) return Failed(file.Path, read.Problem);
        FileProblem? problem = null;
        var document = read.Document;
        if (document is null && !HostDocument.TryRead(file, options.Host, out document, out problem)) return Failed(file.Path, problem);

        var settings = configurations.For(path);
        for (var attempt = 0; options.Fix == FixMode.Write && document.CanRewrite; attempt++)
        {
            var (text, mended) = _linter.Fix(document, settings, options.Safety);
            if (mended == 0) break;
            if (file.WhyNotRewritten() is { } reason) return Known(_linter.Lint(document, settings), path) with { Failures = [Failures.Of(reason)] };

            switch (document.File.Replace(text, out problem))
            {
                case ReplaceOutcome.Replaced:
                    return Known(_linter.Lint(Reopened(document, text), settings) with { Fixed = mended }, path);
                case ReplaceOutcome.Failed:
                    return Known(_linter.Lint(document, settings), path) with { Failures = [Failures.Of(problem!)] };
                default:
                    if (attempt == MostAttempts) return Failed(file.Path, new FileProblem(file.Path, "changes while it is being fixed; run again when nothing else writes it"));
                    if (!HostDocument.TryRead(file, options.Host, out document, out problem)) return Failed(file.Path, problem);
                    break;
            }
        }

        return Linted(document, settings, path);
    }

    /// <summary>Lints a text that is no file; the new text, if fixes were asked for, is in the result.</summary>
    public FileResult Lint(HostDocument document, string absolutePath)
    {
        var settings = configurations.For(absolutePath);
        if (options.Fix != FixMode.Write) return Linted(document, settings, absolutePath);

        var (text, mended) = _linter.Fix(document, settings, options.Safety);
        return Known(_linter.Lint(Reopened(document, text), settings) with { Fixed = mended, NewText = text }, absolutePath);
    }

    private FileResult Linted(HostDocument document, Settings settings, string path)
    {
        var result = Known(_linter.Lint(document, settings), path);
        if (options.Fix != FixMode.Diff) return result;

        var (text, _) = _linter.Fix(document, settings, options.Safety);
        // What patch compares begins with the mark that the text came without.
        var mark = document.File.Encoding == TextEncoding.Utf8WithMark ? "\uFEFF" : "";
        return result with { Diff = UnifiedDiff.Of(document.File.Path, mark + document.File.Text, mark + text) };
    }

    private HostDocument Reopened(HostDocument document, string text) =>
        HostDocument.TryOpen(TextFile.FromText(document.File.Path, text), document.Kind, options.Host, out var now, out _) ? now : document;

    private FileResult Known(FileResult result, string path)
    {
        if (baseline is null || options.WriteBaseline) return result;

        var unknown = baseline.Unknown(result.Findings, path);
        return unknown.Count == result.Findings.Count ? result : result with
        {
            Findings = unknown,
            InBaseline = result.Findings.Count - unknown.Count,
            PromptsWithFindings = Math.Min(result.PromptsWithFindings, unknown.Count),
        };
    }

    private static FileResult Failed(string path, FileProblem problem) => new() { Path = path, Failures = [Failures.Of(problem)] };
}
