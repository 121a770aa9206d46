using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Sections;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/foldingRange</c>: prompts, negative prompts, sections of more than one line, and blocks of comments.</summary>
internal sealed class FoldingRangeHandler : IBackgroundHandler<TextDocumentParams, FoldingRange[]>
{
    private const string Region = "region";
    private const string Comment = "comment";

    /// <inheritdoc/>
    public FoldingRange[] Handle(Snapshot snapshot, TextDocumentParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var folds = new List<FoldingRange>();
        foreach (var part in document.Parts)
        {
            cancel.ThrowIfCancellationRequested();
            if (part.Part.Text.AsSpan().IndexOfAny('\n', '\r') < 0) continue;

            using var reading = PartReading.Of(snapshot, document, part);
            for (var i = 0; i < reading.Tree.Prompts.Length; i++)
            {
                var prompt = reading.Tree.Prompts[i];
                Add(prompt.Span, Region);
                var (positive, negative) = reading.Prompt(i);
                AddSections(positive);
                AddComments(reading, positive, folds);
                if (negative is null) continue;

                Add(negative.Side.Span, Region);
                AddSections(negative);
                AddComments(reading, negative, folds);
            }

            void AddSections(PromptView side)
            {
                foreach (var run in SectionRuns.Of(side)) Add(run.Span, Region);
            }

            void Add(TextSpan span, string kind) => Fold(document, reading.ToDocument(span), kind, folds);
        }

        return [.. folds];
    }

    private static void Fold(Document document, TextSpan span, string kind, List<FoldingRange> folds)
    {
        var text = document.Text.AsSpan(span.Start, span.Length);
        var start = text.Length - text.TrimStart().Length;
        var end = text.TrimEnd().Length;
        if (end <= start) return;

        var (first, last) = (document.Lines.Position(span.Start + start).Line, document.Lines.Position(span.Start + end).Line);
        if (last <= first) return;

        // A side of one section folds once.
        var fold = new FoldingRange(first, last) { Kind = kind };
        if (folds.Count == 0 || folds[^1] != fold) folds.Add(fold);
    }

    private static void AddComments(PartReading reading, PromptView side, List<FoldingRange> folds)
    {
        var lines = reading.Document.Lines;
        var (first, last) = (-1, -1);
        foreach (ref readonly var mark in side.Marks)
        {
            if (mark.Kind != MarkKind.Comment) continue;

            var at = reading.ToDocument(mark.Span).Start;
            var line = lines.Position(at).Line;
            var isAlone = reading.Document.Text.AsSpan(lines.Line(line).Start, at - lines.Line(line).Start).IsWhiteSpace();
            if (isAlone && first >= 0 && line == last + 1)
            {
                last = line;
                continue;
            }

            Close();
            (first, last) = isAlone ? (line, line) : (-1, -1);
        }

        Close();

        void Close()
        {
            if (first >= 0 && last > first) folds.Add(new FoldingRange(first, last) { Kind = Comment });
        }
    }
}
