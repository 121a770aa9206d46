namespace Kohaku.Tags;

/// <summary>One index as a searcher sees it: where its tags' numbers begin, and which of its tags the current query has met.</summary>
internal sealed class SearchSource(TagIndex index, int firstId, int[] hidden)
{
    private readonly ulong[] _seen = new ulong[(index.Count / 64) + 1];

    /// <summary>The index.</summary>
    public TagIndex Index => index;

    /// <summary>The number of its first tag in the lookup.</summary>
    public int FirstId => firstId;

    /// <summary>Begins a query: no tag is seen but those that never shall be found here, since the user's own stand in their place.</summary>
    public void Begin()
    {
        Array.Clear(_seen);
        foreach (var tag in hidden)
        {
            See(tag);
        }
    }

    /// <summary>Whether the query has met a tag.</summary>
    public bool IsSeen(int tag) => (_seen[tag >> 6] & (1UL << tag)) != 0;

    /// <summary>Meets a tag; false where it was met before.</summary>
    public bool See(int tag)
    {
        ref var word = ref _seen[tag >> 6];
        var bit = 1UL << tag;
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    /// <summary>A tag's facts.</summary>
    public ref readonly IndexRecord Record(int tag) => ref index.Records[tag];

    /// <summary>What a key is.</summary>
    public TagSpelling SpellingOf(int key) =>
        key < index.Count ? TagSpelling.Name : key < index.NamesAndAliases ? TagSpelling.Alias : TagSpelling.Translation;
}
