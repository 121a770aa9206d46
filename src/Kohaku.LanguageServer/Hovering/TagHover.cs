using System.Globalization;
using System.Text.Json;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.LanguageServer.Counting;
using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Hovering;

/// <summary>What is known of the tag under the pointer: facts, then what can be done, then the wiki.</summary>
internal sealed class TagHover(Snapshot snapshot, PartReading reading, PromptView side, int index, HoverText text)
{
    private const int MostNames = 8;
    private const int MostFixes = 8;

    /// <summary>Writes it.</summary>
    public void Write()
    {
        ref readonly var tag = ref side.Tags[index];
        WriteTitle(tag.Text);
        if (tag.Text.Special != SpecialKind.None) text.Line().Own(SpecialMeaning.Of(side.Profile, tag.Text.Special, tag.Text.SpecialIndex));
        WritePlace(tag);
        WriteNames(tag.Text);
        WriteFixes(tag.Span);
        if (tag.Text.IsTag) text.Paragraph().Link("Danbooru wiki", WikiPage.Of(tag.Text.Canonical), showsTarget: true);
    }

    private void WriteTitle(TagText tag)
    {
        if (tag.IsReference)
        {
            text.Strong(tag.Text).Own(tag.Text.StartsWith("__", StringComparison.Ordinal) ? " · wildcard" : " · embedding or trigger word");
            return;
        }

        if (tag.IsAlias) text.Strong(tag.Text).Own(" → ");
        text.Strong(tag.IsTag ? tag.Canonical : tag.Text);
        if (tag.Special != SpecialKind.None) text.Own($" · {SpecialMeaning.Kind(tag.Special)}");
        if (tag.IsTag && tag.Special is SpecialKind.None or SpecialKind.PeopleCount)
        {
            if (tag.Special == SpecialKind.None) text.Own($" · {tag.Category.Word()}");
            text.Own($" · {tag.Posts.ToString("N0", CultureInfo.InvariantCulture)} posts");
        }

        if (!tag.IsKnown) text.Own(" · in no tag list");
        if (tag.Is(TagTraits.Untrained)) text.Own(" · dropped in training");
        else if (tag.Is(TagTraits.Weak)) text.Own(" · weak");
        else if (tag.Is(TagTraits.Rare)) text.Own(" · rare");
        if (tag.Is(TagTraits.Deprecated)) text.Own(" · renamed or deprecated after training");
    }

    private void WritePlace(in TagView tag)
    {
        var facts = new List<string>(3);
        if (tag.Text.Section >= 0) facts.Add($"section {side.Profile.Sections[tag.Text.Section].Name}");
        if (Math.Abs(tag.Weight - 1) > 0.0005) facts.Add($"weight {WeightProduct.Of(side.Tree, tag.Group, tag.Weight)}");
        var prompt = PartCounter.Of(reading).Prompts[reading.PromptAt(tag.Span.Start)];
        var tokens = side.IsNegative ? prompt.Negative : prompt.Positive;
        if (tokens is not null && tokens.TryFind(tag.Span, out var place)) facts.Add(TokensOf(place));
        if (facts.Count > 0) text.Paragraph().Own(string.Join(" · ", facts));
    }

    private static string TokensOf(Kohaku.Syntax.Tokens.TokenPlace place)
    {
        var where = place.Count == 1 ? $"{place.First + 1}" : $"{place.First + 1}–{place.First + place.Count}";
        return $"{place.Count} {(place.Count == 1 ? "token" : "tokens")}, {where} of 75 in chunk {place.Chunk + 1}";
    }

    private void WriteNames(TagText tag)
    {
        if (!tag.IsTag) return;

        var entry = side.Lookup[tag.Id];
        var implied = side.Lookup.Implications(tag.Id, transitive: true);
        if (entry.Aliases.Count == 0 && implied.Count == 0 && entry.Translations.Count == 0) return;

        text.Paragraph();
        var lookup = side.Lookup;
        text.Names("Aliases:", [.. entry.Aliases.Select(TagDisplay.Of)], MostNames);
        text.Names("Implies:", [.. implied.Select(id => lookup[id].Text)], MostNames);
        text.Names("Translations:", entry.Translations, MostNames);
    }

    private void WriteFixes(TextSpan span)
    {
        var range = reading.Range(span);
        var findings = PartLinter.Of(reading.Bench.Pool, snapshot.Client.Encoding, reading.Document.Uri, reading.Part.Part).Written.Read(reading.Part.Line);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            if (!Overlap(finding.Range, range)) continue;

            foreach (var fix in finding.Data?.Fixes ?? [])
            {
                if (written.Count == MostFixes || !written.Add(fix.Title)) continue;

                if (written.Count == 1) text.Paragraph();
                else text.Line();
                if (snapshot.Client.AppliesFixes && text.IsMarkdown) text.Link(fix.Title, CommandOf(fix), showsTarget: false);
                else text.Foreign(fix.Title);
            }
        }
    }

    private string CommandOf(DiagnosticFix fix)
    {
        var document = new OptionalVersionedTextDocumentIdentifier(reading.Document.Uri, reading.Document.Version);
        var arguments = JsonSerializer.Serialize([new FixCall(document, fix.Edits)], ReadingJson.Default.FixCallArray);
        return "command:kohaku.applyFix?" + Uri.EscapeDataString(arguments);
    }

    private static bool Overlap(Protocol.Range left, Protocol.Range right) => Before(left.Start, right.End) && Before(right.Start, left.End);

    private static bool Before(Position left, Position right) => left.Line < right.Line || (left.Line == right.Line && left.Character < right.Character);
}
