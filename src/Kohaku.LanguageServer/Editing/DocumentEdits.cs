using Kohaku.Analysis;
using Kohaku.Analysis.Editing;
using Kohaku.Analysis.Fixes;
using Kohaku.Files;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Editing;

/// <summary>The edits of actions in a document. Each part is edited by itself; offsets are the document's, edits are sorted and do not overlap.</summary>
internal static class DocumentEdits
{
    /// <summary>The edits of an action.</summary>
    /// <param name="snapshot">What requests are answered from.</param>
    /// <param name="document">The document.</param>
    /// <param name="action">What is asked for.</param>
    /// <param name="selection">Empty for a cursor.</param>
    /// <param name="cancel">Stops between parts.</param>
    public static List<TextEdit> Of(Snapshot snapshot, Document document, PromptAction action, TextSpan selection, CancellationToken cancel)
    {
        if (action == PromptAction.FixAll) return Fixed(snapshot, document, Whole(document), null, cancel);

        var edits = new List<TextEdit>();
        foreach (var part in selection.Length == 0 ? [document.PartAt(selection.Start)] : document.PartsIn(selection))
        {
            cancel.ThrowIfCancellationRequested();
            using var reading = PartReading.Of(snapshot, document, part);
            var (start, end) = (reading.ToTree(selection.Start), reading.ToTree(selection.End));

            // A selection that merely ends at a part selects nothing there; an empty span would be a cursor.
            if (selection.Length > 0 && start == end) continue;
            Add(edits, part, PromptEdits.Of(action, reading.Tree, reading.Bench.Reader, TextSpan.FromBounds(start, end)));
        }

        return edits;
    }

    /// <summary>The safe fixes of the parts that a selection touches: of one rule, or of all.</summary>
    public static List<TextEdit> Fixed(Snapshot snapshot, Document document, TextSpan selection, Rule? only, CancellationToken cancel)
    {
        var edits = new List<TextEdit>();
        var pool = snapshot.Setup.PoolFor(document.Path);
        foreach (var part in document.PartsIn(selection))
        {
            cancel.ThrowIfCancellationRequested();
            using var bench = pool.Rent();
            var text = part.Part.Text;
            Add(edits, part, Difference(text, FixApplier.Apply(text, bench.Linter, only: only).Text));
        }

        return edits;
    }

    /// <summary>What the formatter changes in some stretches of a document.</summary>
    public static List<TextEdit> Formatted(Snapshot snapshot, Document document, IReadOnlyList<TextSpan> ranges, CancellationToken cancel)
    {
        var edits = new List<TextEdit>();
        foreach (var part in document.Parts)
        {
            var text = part.Part.Text;
            var formatted = text;
            PartReading? reading = null;
            try
            {
                // From the last to the first, so that what stands before keeps its place.
                foreach (var range in ranges.Where(range => range.Start <= part.Span.End && part.Start <= range.End).OrderByDescending(range => range.Start))
                {
                    cancel.ThrowIfCancellationRequested();
                    reading ??= PartReading.Of(snapshot, document, part);
                    var span = TextSpan.FromBounds(reading.ToTree(range.Start), reading.ToTree(range.End));
                    formatted = reading.Bench.Formatter.Format(formatted, range: span.Length >= text.Length ? null : span);
                }
            }
            finally
            {
                reading?.Dispose();
            }

            Add(edits, part, Difference(text, formatted));
        }

        return edits;
    }

    /// <summary>The span of a whole document.</summary>
    public static TextSpan Whole(Document document) => new(0, document.Text.Length);

    private static IEnumerable<TextEdit> Difference(string before, string after) =>
        before == after ? [] : TextDifference.Between(before, after).Select(edit => new TextEdit(edit.Span, edit.NewText));

    private static void Add(List<TextEdit> edits, PlacedPart part, IEnumerable<TextEdit> inPart)
    {
        foreach (var edit in inPart) edits.Add(edit with { Span = new TextSpan(edit.Span.Start + part.Start, edit.Span.Length) });
    }
}
