using Kohaku.Analysis.Editing;
using Kohaku.Analysis.Linting;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Editing;

/// <summary>What two places have in common: the same tag, however it is written, or the same network.</summary>
/// <param name="Written">The tag as it is written at one place, or the network's name.</param>
/// <param name="IsNetwork">Whether it is a network.</param>
internal sealed record TagKey(string Written, bool IsNetwork)
{
    /// <summary>What stands at a place, and where; null where it is neither tag nor network.</summary>
    public static (TagKey Key, TextSpan Span, string Name)? At(PartReading reading, int offset)
    {
        var at = reading.ToTree(offset);
        if (reading.SideAt(at) is not { } side) return null;

        foreach (ref readonly var mark in side.Marks)
        {
            if (mark.Span.Start > at || at > mark.Span.End) continue;
            if (mark.Kind == MarkKind.Comment && mark.Span.Start < at) return null;
            if (mark.Kind != MarkKind.Network || NetworkEdits.NameSpan(side.Text, mark.Span) is not { } name) continue;
            var network = side.Slice(name).ToString();
            return (new TagKey(network, IsNetwork: true), reading.ToDocument(name), network);
        }

        var index = PartReading.TagAt(side, at);
        if (index < 0 || TagPlaces.Of(side, side.Tags[index]) is not { } span) return null;

        var text = side.Tags[index].Text;
        return (new TagKey(text.Written, IsNetwork: false), reading.ToDocument(span), text.Text);
    }

    /// <summary>All places in a document, in order.</summary>
    public List<TextSpan> In(Snapshot snapshot, Document document, CancellationToken cancel)
    {
        var places = new List<TextSpan>();
        foreach (var part in document.Parts)
        {
            cancel.ThrowIfCancellationRequested();
            if (IsNetwork && !part.Part.Text.Contains(Written, StringComparison.Ordinal)) continue;

            using var reading = PartReading.Of(snapshot, document, part);
            var identity = reading.Bench.Reader.Known(Written).Identity;
            for (var i = 0; i < reading.Tree.Prompts.Length; i++)
            {
                var (positive, negative) = reading.Prompt(i);
                Add(reading, positive, identity, places);
                if (negative is not null) Add(reading, negative, identity, places);
            }
        }

        return places;
    }

    private void Add(PartReading reading, PromptView side, long identity, List<TextSpan> places)
    {
        if (IsNetwork)
        {
            foreach (ref readonly var mark in side.Marks)
            {
                if (mark.Kind == MarkKind.Network && NetworkEdits.NameSpan(side.Text, mark.Span) is { } name && side.Slice(name).SequenceEqual(Written))
                    places.Add(reading.ToDocument(name));
            }

            return;
        }

        foreach (ref readonly var tag in side.Tags)
            if (tag.Identity == identity && TagPlaces.Of(side, tag) is { } span) places.Add(reading.ToDocument(span));
    }
}
