using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Counting;

/// <summary>A prompt of a document with what a lens and a status bar say of it.</summary>
/// <param name="Index">From 0, in the document.</param>
/// <param name="Span">Its place in the document.</param>
/// <param name="Counted">Its tokens; offsets in there count from its part.</param>
/// <param name="Findings">How many there are.</param>
/// <param name="Severity">Of the worst: 1 error to 4 hint; null where there is none.</param>
internal readonly record struct DocumentPrompt(int Index, TextSpan Span, CountedPrompt Counted, int Findings, int? Severity);

/// <summary>The prompts of a document, one by one.</summary>
internal static class DocumentPrompts
{
    /// <summary>All prompts in the order of the text.</summary>
    public static IEnumerable<DocumentPrompt> Of(Snapshot snapshot, Document document, CancellationToken cancel)
    {
        var pool = snapshot.Setup.PoolFor(document.Path);
        var index = 0;
        foreach (var part in document.Parts)
        {
            cancel.ThrowIfCancellationRequested();
            var prompts = PartCounter.Of(pool, part.Part).Prompts;
            var findings = PartLinter.Of(pool, snapshot.Client.Encoding, document.Uri, part.Part).Places;
            foreach (var prompt in prompts)
            {
                var span = new TextSpan(part.Start + prompt.Span.Start, prompt.Span.Length);
                var own = prompts.Length == 1 ? findings : Inside(findings, document.Lines.Range(span), part.Line);
                yield return new DocumentPrompt(index++, span, prompt, own.Length, Worst(own));
            }
        }
    }

    private static FindingPlace[] Inside(FindingPlace[] findings, Protocol.Range range, int line) =>
        Array.FindAll(findings, finding => finding.Line + line >= range.Start.Line && finding.Line + line <= range.End.Line);

    private static int? Worst(FindingPlace[] findings)
    {
        int? worst = null;
        foreach (var finding in findings)
            if (worst is null || finding.Severity < worst) worst = finding.Severity;
        return worst;
    }
}
