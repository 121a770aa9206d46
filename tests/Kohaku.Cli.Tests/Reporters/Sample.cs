using System.Globalization;
using Kohaku.Analysis;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Terminal;
using Kohaku.Syntax;

namespace Kohaku.Cli.Tests.Reporters;

/// <summary>Findings made by hand, so that a reporter's test shows what goes in.</summary>
internal static class Sample
{
    private static readonly RuleInfo Underscore = new("KHK001", "underscore-in-tag", Severity.Warning);
    private static readonly RuleInfo Weak = new("KHK004", "weak-tag", Severity.Info);
    private static readonly RuleInfo Duplicate = new("KHK102", "duplicate-tag", Severity.Warning);
    private static readonly RuleInfo Bracket = new("KHK201", "unbalanced-bracket", Severity.Error);

    private const string Miku = "# a library\n\n1girl, hatsune miku, vocaloid, long_hair, smile\npizza box, night sky\n";
    private const string Odd = "初音ミク, long_hair\n\tsmile, (night\nsmile, a, \"b\" & <c>\u0007\n";

    public static IReadOnlyList<RuleHelp> Rules { get; } =
    [
        new(Underscore, "Flags an underscore that the model did not see.", "Plain text.", "**Marked** text."),
        new(Weak, "Flags a weak tag.", "Plain text.", "**Marked** text."),
        new(Duplicate, "Flags a tag that stands twice.", "Plain text.", "**Marked** text."),
        new(Bracket, "Flags a bracket.", "Plain text.", "**Marked** text."),
    ];

    public static IReadOnlyList<Finding> First
    {
        get
        {
            var source = new PlainSource("library/miku.prompt", Miku);
            return
            [
                Found(source, Miku, "long_hair", Underscore, Severity.Warning, "the model was trained on `long hair`", "long hair"),
                Found(source, Miku, "pizza box", Weak, Severity.Info, "`pizza box` has 804 posts; below 1000 the model needs emphasis", "(pizza box:1.5)"),
            ];
        }
    }

    public static IReadOnlyList<Finding> Second
    {
        get
        {
            var source = new PlainSource("library/o d,d:é.prompt", Odd);
            var first = Span(Odd, "smile");
            var second = TextSpan.FromBounds(Odd.LastIndexOf("smile", StringComparison.Ordinal), Odd.LastIndexOf("smile", StringComparison.Ordinal) + 5);
            return
            [
                Found(source, Odd, "long_hair", Underscore, Severity.Warning, "the model was trained on `long hair`", "long hair"),
                new(source, new(Bracket, Severity.Error, Span(Odd, "(night"), "the bracket opened at column 9 is never closed", "close it, or write \\(", [], [])),
                new(source, new(Duplicate, Severity.Warning, second, "`smile` stands in this prompt already", null, [new("Remove the second", FixSafety.Safe, [new(second, "")])], [new(first, "here")])),
                new(source, new(Weak, Severity.Info, Span(Odd, "\"b\" & <c>\u0007"), "100% of \"b\" & <c>\u0007", null, [], [])),
            ];
        }
    }

    public static string Written(Func<TextWriter, Reporter> make, Failure? failure = null)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var reporter = make(output);
        reporter.Begin();
        reporter.Report(First);
        if (failure is not null) reporter.Report(failure);
        reporter.Report(Second);
        reporter.End(new RunSummary { CleanFiles = 118, Files = 120 });
        return output.ToString();
    }

    public static string Full(string text, string flagged, Look? look = null)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var source = new PlainSource("a.prompt", text);
        new FullReporter(output, look ?? Look.Plain).Report([new(source, new(Weak, Severity.Info, Span(text, flagged), "message", null, [], []))]);
        return output.ToString();
    }

    private static Finding Found(PlainSource source, string text, string flagged, RuleInfo rule, Severity severity, string message, string replacement)
    {
        var span = Span(text, flagged);
        return new(source, new(rule, severity, span, message, null, [new($"Write {replacement}", FixSafety.Safe, [new(span, replacement)])], []));
    }

    private static TextSpan Span(string text, string part) => new(text.IndexOf(part, StringComparison.Ordinal), part.Length);
}
