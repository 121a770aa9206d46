using System.Globalization;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Sections;
using Kohaku.LanguageServer.Counting;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Outlining;

/// <summary>A document's outline: prompts, in them sections and the negative prompt, in these tags.</summary>
internal sealed class PromptOutline(Snapshot snapshot, Document document, CancellationToken cancel)
{
    // An outline of more rows helps nobody, and clients choke on it; then it ends at the sections.
    private const int MostTags = 5_000;

    private int _tags;

    /// <summary>The prompts that hold anything.</summary>
    public DocumentSymbol[] Read()
    {
        var prompts = new List<DocumentSymbol>();
        foreach (var part in document.Parts)
        {
            cancel.ThrowIfCancellationRequested();
            if (part.Part.Text.AsSpan().IsWhiteSpace()) continue;

            using var reading = PartReading.Of(snapshot, document, part);
            for (var i = 0; i < reading.Tree.Prompts.Length; i++)
                if (OfPrompt(reading, i) is { } prompt) prompts.Add(prompt);
        }

        return [.. prompts];
    }

    private DocumentSymbol? OfPrompt(PartReading reading, int index)
    {
        var span = Trimmed(reading, reading.Tree.Prompts[index].Span);
        if (span.Length == 0) return null;

        var (positive, negative) = reading.Prompt(index);
        var children = new List<DocumentSymbol>(SectionsOf(reading, positive));
        if (negative is not null && OfNegative(reading, negative) is { } below) children.Add(below);
        var tokens = PartCounter.Of(reading).Prompts[index].Positive.Longest;
        var first = positive.Tags.IsEmpty ? span : positive.Tags[0].Span;
        return new DocumentSymbol(PromptName.Of(positive), SymbolKind.Module, reading.Range(span), reading.Range(first))
        {
            Detail = $"{tokens.Count}/{tokens.Capacity} tokens",
            Children = [.. children],
        };
    }

    private DocumentSymbol? OfNegative(PartReading reading, PromptView negative)
    {
        var span = Trimmed(reading, negative.Side.Span);
        if (span.Length == 0) return null;

        return new DocumentSymbol("Negative prompt", SymbolKind.Module, reading.Range(span), reading.Range(span)) { Children = SectionsOf(reading, negative) };
    }

    private DocumentSymbol[] SectionsOf(PartReading reading, PromptView side)
    {
        var runs = SectionRuns.Of(side);
        var sections = new DocumentSymbol[runs.Count];
        for (var i = 0; i < sections.Length; i++)
        {
            var run = runs[i];
            var count = run.EndTag - run.FirstTag;
            var range = reading.Range(run.Span);
            sections[i] = new DocumentSymbol(run.Section < 0 ? "unknown tags" : side.Profile.Sections[run.Section].Name, SymbolKind.Namespace, range, range)
            {
                Detail = count == 1 ? "1 tag" : string.Create(CultureInfo.InvariantCulture, $"{count} tags"),
                Children = TagsOf(reading, side, run),
            };
        }

        return sections;
    }

    private DocumentSymbol[] TagsOf(PartReading reading, PromptView side, SectionRun run)
    {
        if (_tags + run.EndTag - run.FirstTag > MostTags) return [];

        _tags += run.EndTag - run.FirstTag;
        var tags = new DocumentSymbol[run.EndTag - run.FirstTag];
        for (var i = 0; i < tags.Length; i++)
        {
            ref readonly var tag = ref side.Tags[run.FirstTag + i];
            var range = reading.Range(tag.Span);
            tags[i] = new DocumentSymbol(PromptName.Line(tag.Text.Text), KindOf(tag.Text), range, range) { Detail = DetailOf(tag.Text) };
        }

        return tags;
    }

    private static string DetailOf(TagText tag)
    {
        if (tag.IsReference) return "reference";
        if (tag.Special != SpecialKind.None) return Hovering.SpecialMeaning.Kind(tag.Special);
        return tag.IsTag ? $"{tag.Category.Word()} · {tag.Posts.ToString("N0", CultureInfo.InvariantCulture)}" : "unknown";
    }

    private static SymbolKind KindOf(TagText tag)
    {
        if (tag.IsReference) return SymbolKind.Event;
        if (tag.Special != SpecialKind.None) return SymbolKind.Constant;
        return tag.Category switch
        {
            TagCategory.Character => SymbolKind.Class,
            TagCategory.Series => SymbolKind.Namespace,
            TagCategory.Artist => SymbolKind.Function,
            TagCategory.Meta => SymbolKind.Property,
            _ => SymbolKind.Variable,
        };
    }

    private static TextSpan Trimmed(PartReading reading, TextSpan span)
    {
        var text = reading.Tree.Slice(span);
        var start = text.Length - text.TrimStart().TrimStart('\uFEFF').TrimStart().Length;
        var end = text.TrimEnd().Length;
        return end <= start ? new TextSpan(span.Start, 0) : TextSpan.FromBounds(span.Start + start, span.Start + end);
    }
}
