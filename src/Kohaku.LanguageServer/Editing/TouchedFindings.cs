using Kohaku.Analysis.Editing;
using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Editing;

/// <summary>The findings of a document that a selection touches.</summary>
/// <remarks>
/// Taken from what the linter remembers of this very version, where the client's diagnostics came from too: so no second lint, and no edit of an older
/// version, whatever the client sends back.
/// </remarks>
internal static class TouchedFindings
{
    private const string Refused = Analysis.Configuration.RuleTable.UnchangeableId;

    /// <summary>The findings, in order; none of a prompt that is left alone.</summary>
    public static List<Protocol.Diagnostic> In(Snapshot snapshot, Document document, Protocol.Range range, CancellationToken cancel)
    {
        var found = new List<Protocol.Diagnostic>();
        var pool = snapshot.Setup.PoolFor(document.Path);
        foreach (var part in document.PartsIn(document.Lines.Span(range)))
        {
            cancel.ThrowIfCancellationRequested();
            var findings = PartLinter.Of(pool, snapshot.Client.Encoding, document.Uri, part.Part);
            var isSuspect = Array.Exists(findings.Places, place => place.Code == Refused);
            foreach (var finding in findings.Written.Read(part.Line))
                if (Touches(finding.Range, range) && !(isSuspect && IsRefused(snapshot, document, part, finding))) found.Add(finding);
        }

        return found;
    }

    /// <summary>How many findings of a rule have a fix that may be applied unseen; of all rules where null.</summary>
    public static int CountFixable(Snapshot snapshot, Document document, string? code, CancellationToken cancel)
    {
        var pool = snapshot.Setup.PoolFor(document.Path);
        var count = 0;
        foreach (var part in document.Parts)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var place in PartLinter.Of(pool, snapshot.Client.Encoding, document.Uri, part.Part).Places)
                if ((code is null || place.Code == code) && place.IsFixable) count++;
        }

        return count;
    }

    private static bool IsRefused(Snapshot snapshot, Document document, PlacedPart part, Protocol.Diagnostic finding)
    {
        using var reading = PartReading.Of(snapshot, document, part);
        return PromptEdits.IsRefused(reading.Tree, reading.Bench.Reader, reading.ToTree(document.Lines.Offset(finding.Range.Start)));
    }

    private static bool Touches(Protocol.Range a, Protocol.Range b) => Compare(a.Start, b.End) <= 0 && Compare(b.Start, a.End) <= 0;

    private static int Compare(Protocol.Position a, Protocol.Position b) => a.Line != b.Line ? a.Line.CompareTo(b.Line) : a.Character.CompareTo(b.Character);
}
