using Kohaku.Jobs;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>
/// What stands between a document and its images: a model that cannot be used or is odd, told once, where the document's first prompt names it or begins; and sizes that this machine has too
/// little memory for, each where it stands.
/// </summary>
internal static class ModelFindings
{
    private const int LargestSide = 4096;

    /// <summary>Adds the findings of an open document.</summary>
    /// <param name="all">Findings, and the first line of the part in the document.</param>
    /// <param name="model">The model as it was looked at.</param>
    /// <param name="pool">What the document is read with.</param>
    /// <param name="snapshot">The settings.</param>
    /// <param name="document">The document.</param>
    public static void AddTo(List<(WrittenFindings, int)> all, CheckedModel model, WorkbenchPool pool, Snapshot snapshot, Document document)
    {
        var memory = new MemoryCheck(model.Report.Size, snapshot.Setup.Editor.Generate, pool.Settings.Profile);
        var looksAtSizes = memory.OfUsual is null && memory.Of(LargestSide, LargestSide) is not null;
        if (model.Report is { IsUsable: true, Findings.Count: 0 } && memory.OfUsual is null && !looksAtSizes) return;

        var isFirst = true;
        foreach (var part in document.Parts)
        {
            if (!isFirst && !looksAtSizes) return;

            var found = Of(part.Part, isFirst);
            if (found.Written.Count > 0) all.Add((found.Written, part.Line));
            isFirst &= !found.HasPrompt;
        }

        PartModel Of(PromptPart part, bool isFirst)
        {
            if (part.Model is { } known && known.Setup == pool && known.Model == model && known.IsFirst == isFirst) return known;

            using var bench = pool.Rent();
            var places = new ModelPlaces(part, document.Path, bench, snapshot.Client.Encoding);
            var findings = new List<Protocol.Diagnostic>();
            if (isFirst) findings.AddRange(places.OfModel(model, memory.OfUsual));
            if (looksAtSizes) findings.AddRange(places.OfSizes(memory));
            return part.Model = new PartModel(pool, model, isFirst, places.HasPrompt, WrittenFindings.Of(findings));
        }
    }
}
