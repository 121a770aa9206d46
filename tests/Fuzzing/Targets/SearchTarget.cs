using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Tags;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Search over the shipped tags: any query is answered, no tag twice, an exact name or alias first.</summary>
internal sealed class SearchTarget : Target
{
    private const int Most = 100;

    private readonly TagSearcher _searcher = new(Shipped.Tags);

    /// <summary>What is tested.</summary>
    public Func<TagSearcher, string, TagHit[]> Find { get; init; } = static (searcher, text) => searcher.Find(new TagQuery(text)).ToArray();

    /// <inheritdoc/>
    public override string Name => "search";

    /// <inheritdoc/>
    public override int MaximumLength => 64;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => PromptTexts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var name = Shipped.Tags[new TagId(dice.Below(Shipped.Tags.Count))].Name;
        return WildText.Bytes(dice.Below(4) switch { 0 => PromptTexts.Piece(dice), 1 => name, 2 => name[..dice.Below(name.Length + 1)], _ => name.Replace('_', ' ') });
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var text = WildText.Of(input);
        var hits = Find(_searcher, text);
        Must.Hold(hits.Length <= Most, "a search gives no more than it is asked for");
        Must.Equal(hits.Length, hits.Select(hit => hit.Tag).Distinct().Count(), "no tag is found twice");
        foreach (var hit in hits) Must.Hold(hit.Tag.Value >= 0 && hit.Tag.Value < Shipped.Tags.Count, "what is found is a tag");
        if (Shipped.Tags.TryFind(text, out var match)) Must.Hold(hits.Length > 0 && hits[0].Tag == match.Tag, "an exact name or alias comes first", () => Shipped.Tags[match.Tag].Name);
        Must.Hold(Shipped.Tags.Nearest(text, 3).Length <= 3, "no more near tags than asked for");
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => Shown.Of(WildText.Of(input));
}
