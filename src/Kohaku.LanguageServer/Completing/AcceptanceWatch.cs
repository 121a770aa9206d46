using System.Collections.Concurrent;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary>Notices which of the offered tags was taken: the text of one of them stands, after one change, where it was offered.</summary>
/// <remarks>
/// Not by a command on each item: several clients run none (eglot, older Neovim), it would make each answer a third longer, and a client that runs it late would count for another text.
/// A client that sends the smallest difference in place of the item's own edit leads to the same text.
/// </remarks>
internal sealed class AcceptanceWatch
{
    private const int MostDocuments = 16;
    private const int MostBeside = 40;
    private readonly ConcurrentDictionary<string, Offer> _offers = new(StringComparer.Ordinal);
    private readonly UsageMemory _usage;

    /// <summary>Watches the documents of a state.</summary>
    public AcceptanceWatch(ServerState state, UsageMemory usage)
    {
        _usage = usage;
        state.Changed += Changed;
    }

    /// <summary>Notes what was offered for a document; the next offer takes its place.</summary>
    /// <param name="document">The document.</param>
    /// <param name="start">Where the offered texts would begin.</param>
    /// <param name="texts">What would be written, with the tag's name for each.</param>
    public void Note(Document document, int start, (string Text, string Tag)[] texts)
    {
        if (_offers.Count >= MostDocuments && !_offers.ContainsKey(document.Path)) _offers.Clear();
        _offers[document.Path] = new Offer(start, texts);
    }

    private void Changed(Snapshot before, Snapshot after)
    {
        if (_offers.IsEmpty || ReferenceEquals(before.Documents, after.Documents)) return;
        foreach (var (path, offer) in _offers)
        {
            before.Documents.TryGetValue(path, out var older);
            if (!after.Documents.TryGetValue(path, out var newer)) _offers.TryRemove(path, out _);
            else if (older is not null && !ReferenceEquals(older, newer)) Changed(after, path, offer, older.Text, newer);
        }
    }

    private void Changed(Snapshot snapshot, string path, Offer offer, string before, Document document)
    {
        var after = document.Text;

        // Another place than the one that was offered for: that offer is over.
        if (offer.Start > after.Length || offer.Start > before.Length || !after.AsSpan(0, offer.Start).SequenceEqual(before.AsSpan(0, offer.Start)))
        {
            _offers.TryRemove(path, out _);
            return;
        }

        var taken = -1;
        for (var i = 0; i < offer.Texts.Length; i++)
        {
            var text = offer.Texts[i].Text;
            if ((taken < 0 || text.Length > offer.Texts[taken].Text.Length) && Stands(after, offer.Start, text) && !Stands(before, offer.Start, text) && !IsTyped(before, after, offer.Start, text)) taken = i;
        }

        if (taken < 0 || !snapshot.Setup.Editor.CountsUsage) return;

        _offers.TryRemove(path, out _);
        var tag = offer.Texts[taken].Tag;
        _usage.Add(() => new UsedTag(tag, Beside(snapshot, document, offer.Start, tag)));
    }

    private static bool Stands(string text, int start, string tag) =>
        text.AsSpan(start).StartsWith(tag) && (start + tag.Length == text.Length || !char.IsLetterOrDigit(text[start + tag.Length]));

    /// <summary>Whether the last letter alone is new: then it was written by hand.</summary>
    private static bool IsTyped(string before, string after, int start, string tag) =>
        after.Length == before.Length + 1 && before.AsSpan(start).StartsWith(tag.AsSpan(0, tag.Length - 1));

    private static List<string> Beside(Snapshot snapshot, Document document, int offset, string tag)
    {
        var names = new List<string>();
        using var reading = PartReading.At(snapshot, document, offset);
        if (reading.SideAt(reading.ToTree(offset)) is not { } side) return names;

        foreach (ref readonly var other in side.Tags)
        {
            if (names.Count == MostBeside) break;
            if (!other.Text.IsTag) continue;
            var name = reading.Services.Lookup[other.Text.Id].Name;
            if (name != tag) names.Add(name);
        }

        return names;
    }

    /// <param name="Start">Where the texts would begin.</param>
    /// <param name="Texts">What would be written, and the tag's name.</param>
    private sealed record Offer(int Start, (string Text, string Tag)[] Texts);
}
