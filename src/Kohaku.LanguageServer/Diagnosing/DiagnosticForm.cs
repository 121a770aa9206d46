using Kohaku.Analysis;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>Findings as the protocol writes them.</summary>
/// <param name="uri">The document, for related places.</param>
/// <param name="lines">The lines of the text that offsets count in.</param>
internal sealed class DiagnosticForm(string uri, DocumentLines lines)
{
    /// <summary>Who found it.</summary>
    public const string Source = "kohaku";

    private const int Unnecessary = 1;
    private const int Deprecated = 2;
    // A text of 100,000 brackets has as many findings, each with a fix that closes them all: 10 GB. Behind this many characters findings go without.
    private const int MostFixText = 1 << 20;
    private const string Pages = "https://github.com/KohakuLsp/KohakuLsp/blob/main/docs/rules/";

    private static readonly int[] s_unnecessary = [Unnecessary];
    private static readonly int[] s_deprecated = [Deprecated];
    private static readonly CodeDescription[] s_pages = [.. RuleRegistry.All.Select(rule => new CodeDescription($"{Pages}{rule.Info.Name}.md"))];

    private long _fixText;

    /// <summary>A finding.</summary>
    public Protocol.Diagnostic Of(Analysis.Diagnostic diagnostic)
    {
        var rule = diagnostic.Rule;
        return new Protocol.Diagnostic
        {
            Range = lines.Range(diagnostic.Span),
            Severity = SeverityOf(diagnostic.Severity),
            Code = rule.Id,
            CodeDescription = s_pages[RuleRegistry.Find(rule.Id)!.Index],
            Source = Source,
            Message = diagnostic.Message,
            Tags = TagsOf(rule.Id),
            RelatedInformation = diagnostic.Related.Count == 0 ? null
                : [.. diagnostic.Related.Select(place => new DiagnosticRelatedInformation(new Location(uri, lines.Range(place.Span)), place.Message))],
            Data = new DiagnosticData(rule.Name, FixesOf(diagnostic)),
        };
    }

    private DiagnosticFix[] FixesOf(Analysis.Diagnostic diagnostic)
    {
        foreach (var fix in diagnostic.Fixes)
            foreach (var edit in fix.Edits) _fixText += edit.NewText.Length;
        return _fixText > MostFixText ? [] : [.. diagnostic.Fixes.Select(FixOf)];
    }

    private DiagnosticFix FixOf(Fix fix) =>
        new(fix.Title, (int)fix.Safety, lines.Edits(fix.Edits));

    private static int SeverityOf(Severity severity) => severity switch
    {
        Severity.Error => 1,
        Severity.Warning => 2,
        Severity.Info => 3,
        _ => 4,
    };

    // What could go is faded, and what is no longer the tag's name is struck through.
    private static int[]? TagsOf(string rule) => rule switch
    {
        "KHK000" or "KHK102" or "KHK104" or "KHK209" => s_unnecessary,
        "KHK003" or "KHK010" => s_deprecated,
        _ => null,
    };
}
