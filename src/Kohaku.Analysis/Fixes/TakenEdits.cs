using Kohaku.Syntax;

namespace Kohaku.Analysis.Fixes;

/// <summary>
/// The edits that one round applies: none touches another, but deletions may lie side by side. Asking costs what an edit is long, however
/// many there are.
/// </summary>
internal sealed class TakenEdits(int textLength)
{
    /// <summary>Characters and the borders between them, in turn.</summary>
    private readonly Place[] _places = new Place[(textLength * 2) + 1];

    private enum Place : byte
    {
        Free,
        EdgeOfDeletion,
        Taken,
    }

    /// <summary>What was taken.</summary>
    public List<TextEdit> Edits { get; } = [];

    /// <summary>Takes a fix's edits, all or none.</summary>
    public bool TryTake(ReadOnlySpan<TextEdit> edits)
    {
        foreach (ref readonly var edit in edits)
            if (!IsFree(edit)) return false;
        foreach (ref readonly var edit in edits)
        {
            Take(edit);
            Edits.Add(edit);
        }

        return true;
    }

    /// <summary>Lets no edit touch a stretch of the text.</summary>
    public void Bar(TextSpan span) => Of(span).Fill(Place.Taken);

    private bool IsFree(in TextEdit edit)
    {
        var places = Of(edit.Span);
        if (edit.NewText.Length > 0 || edit.Span.Length == 0) return !places.ContainsAnyExcept(Place.Free);
        return places[0] != Place.Taken && places[^1] != Place.Taken && !places[1..^1].ContainsAnyExcept(Place.Free);
    }

    private void Take(in TextEdit edit)
    {
        var places = Of(edit.Span);
        places.Fill(Place.Taken);
        if (edit.NewText.Length > 0 || edit.Span.Length == 0) return;
        places[0] = places[^1] = Place.EdgeOfDeletion;
    }

    private Span<Place> Of(TextSpan span) => _places.AsSpan(span.Start * 2, (span.Length * 2) + 1);
}
