using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Tags;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Index files, damaged anywhere: opened, looked up in and searched, they give tags or say that they are damaged; nothing else, and never from outside the file.</summary>
internal sealed class IndexTarget : Target
{
    private static readonly string[] s_queries = ["1girl", "long hair", "lh", "logn hair", "eyes blue", "detco", "s", "長", "", "one girl"];

    /// <summary>What is tested.</summary>
    public Func<byte[], TagIndex> Open { get; init; } = static bytes => TagIndex.FromBytes(bytes);

    /// <inheritdoc/>
    public override string Name => "index";

    /// <inheritdoc/>
    public override int MaximumLength => 16_384;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var builder = new TagIndexBuilder { AsOf = 20231130 };
        for (var tags = dice.Length(12); tags > 0; tags--)
        {
            var name = PromptTexts.Tag(dice);
            if (TagText.Fits(name)) builder.Add(new TagRow(name, dice.Pick(TagCategory.General, TagCategory.Artist, TagCategory.Character), dice.Below(5000), dice.OneIn(3) ? ["one girl", "hair"] : []));
        }

        builder.AddImplication("1girl", "solo");
        builder.AddTranslation("long hair", "長髪");
        var bytes = builder.Build();
        for (var changes = dice.Below(4); changes > 0; changes--) bytes[dice.Below(bytes.Length)] = (byte)dice.Below(256);
        return bytes;
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        try
        {
            using var index = Open(input);
            Look(index);
        }
        catch (TagDataException error)
        {
            Must.Hold(error.Message.Length > 0, "a damaged index is said to be so");
        }
    }

    private static void Look(TagIndex index)
    {
        var lookup = new TagLookup(index);
        var searcher = new TagSearcher(lookup);
        foreach (var query in s_queries)
        {
            _ = lookup.TryFind(query, out _);
            Must.Hold(searcher.Find(new TagQuery(query)).Length <= 100, "a search gives no more than it is asked for");
            Must.Hold(lookup.Nearest(query, 3).Length <= 3, "no more near tags than asked for");
        }
    }
}
