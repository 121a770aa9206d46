using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Outlining;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/selectionRange</c>: one chain for each position asked for.</summary>
internal sealed class SelectionRangeHandler : IBackgroundHandler<SelectionRangeParams, SelectionRange[]>
{
    /// <inheritdoc/>
    public SelectionRange[] Handle(Snapshot snapshot, SelectionRangeParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var selections = new SelectionRange[request.Positions.Length];
        for (var i = 0; i < selections.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var offset = document.Lines.Offset(request.Positions[i]);
            using var reading = PartReading.At(snapshot, document, offset);

            // A line --- belongs to no part.
            selections[i] = offset > reading.Part.Span.End
                ? new SelectionRange(document.Lines.Range(new TextSpan(0, document.Text.Length)))
                : Selections.At(reading, reading.ToTree(offset));
        }

        return selections;
    }
}
