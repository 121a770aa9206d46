using Kohaku.Analysis.Linting;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>Lints the parts of a document; what an edit left alone is not looked at again.</summary>
internal static class PartLinter
{
    /// <summary>The findings of a document.</summary>
    public static DiagnosticList Findings(Snapshot snapshot, Document document, CancellationToken cancel)
    {
        var pool = snapshot.Setup.PoolFor(document.Path);
        var all = new List<(WrittenFindings, int)>();
        foreach (var part in document.Parts)
        {
            cancel.ThrowIfCancellationRequested();
            var findings = Of(pool, snapshot.Client.Encoding, document.Uri, part.Part).Written;
            if (findings.Count > 0) all.Add((findings, part.Line));
        }

        // Of files that are not open, only their prompts are told: a workspace of 1000 files has one model.
        var isOpen = snapshot.Documents.ContainsKey(document.Path);
        if (isOpen && snapshot.ModelInUse is { } model) ModelFindings.AddTo(all, model, pool, snapshot, document);
        var list = new DiagnosticList(all);
        if (isOpen) snapshot.Setup.Kept.Use(document, list.Size);
        return list;
    }

    /// <summary>The findings of a part, lines counted from its first.</summary>
    public static PartFindings Of(WorkbenchPool pool, PositionEncoding encoding, string uri, PromptPart part)
    {
        if (part.Findings is { } known && known.Setup == pool) return known;

        using var bench = pool.Rent();
        bench.Tree.Read(part.Text.AsMemory(), bench.Settings.ParseOptions);
        bench.Linter.Run(bench.Tree, bench.Report);
        var form = new DiagnosticForm(uri, new DocumentLines(part.Text, encoding));
        var diagnostics = Diagnostics.From(bench.Report);
        var converted = new Protocol.Diagnostic[diagnostics.Count];
        for (var i = 0; i < converted.Length; i++) converted[i] = form.Of(diagnostics[i]);
        return part.Findings = new PartFindings(
            pool, WrittenFindings.Of(converted), Array.ConvertAll(converted, PlaceOf), bench.Tree.Prompts.Length);
    }

    private static FindingPlace PlaceOf(Protocol.Diagnostic diagnostic) => new(
        diagnostic.Range.Start.Line,
        diagnostic.Severity,
        diagnostic.Code,
        diagnostic.Data is { } data && Array.Exists(data.Fixes, fix => fix.IsSafe));
}
