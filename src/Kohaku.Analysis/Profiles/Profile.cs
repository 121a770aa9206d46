namespace Kohaku.Analysis.Profiles;

/// <summary>
/// What is known of one model: the order of its prompt, its special words, and the numbers that rules and generation go by.
/// </summary>
/// <remarks>
/// A profile is data: <c>data/profiles/*.json</c> for the models that ship, a JSON file of the user's own for any other. Both are compiled by
/// <see cref="ProfileCompiler"/> into the bytes that <see cref="Read"/> takes, so that a start parses no JSON. Lookups allocate nothing.
/// </remarks>
public sealed class Profile
{
    /// <summary>The model that is meant where nothing else is said.</summary>
    public const string DefaultId = "kohaku-xl-delta";

    private readonly WordTable words;
    private readonly byte[] sectionOfPart;

    internal Profile(ProfileData data, WordTable words)
    {
        Data = data;
        this.words = words;
        sectionOfPart = new byte[Enum.GetValues<SectionPart>().Length];
        for (var section = 0; section < data.Sections.Count; section++)
        {
            foreach (var part in data.Sections[section].Parts) sectionOfPart[(int)part] = (byte)section;
        }
    }

    /// <summary>What configuration calls it: <c>kohaku-xl-delta</c>.</summary>
    public string Id => Data.Id;

    /// <summary>What people call it: <c>Kohaku-XL Delta</c>.</summary>
    public string Title => Data.Title;

    /// <summary>The sections of a prompt, first to last.</summary>
    public IReadOnlyList<Section> Sections => Data.Sections;

    /// <summary>The tags that say how many people there are.</summary>
    public IReadOnlyList<PeopleCountWord> PeopleCounts => Data.PeopleCounts;

    /// <summary>The quality words, best first.</summary>
    public IReadOnlyList<QualityWord> Qualities => Data.Qualities;

    /// <summary>The rating words, tamest first.</summary>
    public IReadOnlyList<RatingWord> Ratings => Data.Ratings;

    /// <summary>The date words, oldest first.</summary>
    public IReadOnlyList<DateWord> Dates => Data.Dates;

    /// <summary>From which post count on tags work.</summary>
    public Thresholds Thresholds => Data.Thresholds;

    /// <summary>The weights that help weak tags, and the emphasis mode.</summary>
    public EmphasisRange Emphasis => Data.Emphasis;

    /// <summary>The sizes that were trained.</summary>
    public Resolution Resolution => Data.Resolution;

    /// <summary>How a picture is made where the prompt does not say.</summary>
    public GenerationDefaults Generation => Data.Generation;

    /// <summary>Words that kept tags out of training.</summary>
    public UntrainedWords Untrained => Data.Untrained;

    /// <summary>A tag of at most so many characters keeps its <c>_</c>; in longer ones it became a blank.</summary>
    public int KeepUnderscoreUpTo => Data.KeepUnderscoreUpTo;

    internal ProfileData Data { get; }

    /// <summary>Whether the model was trained with a tag's <c>_</c>, as in <c>^_^</c>.</summary>
    /// <param name="tag">Without brackets and weight.</param>
    public bool KeepsUnderscore(ReadOnlySpan<char> tag) => tag.Length <= KeepUnderscoreUpTo;

    /// <summary>Where a part stands, as an index into <see cref="Sections"/>.</summary>
    /// <param name="part">What the tag is.</param>
    public int SectionOf(SectionPart part) => sectionOfPart[(int)part];

    /// <summary>Which special word a tag is, as the model was trained with it; case does not matter, <c>_</c> for a blank does.</summary>
    /// <param name="tag">Without brackets and weight.</param>
    /// <param name="index">Into the list of that kind; -1 for none.</param>
    public SpecialKind Classify(ReadOnlySpan<char> tag, out int index)
    {
        index = -1;
        if (words.Find(tag) is not { Use: WordUse.Special } entry) return SpecialKind.None;
        if (!WordOf(entry.Kind, entry.Index).AsSpan().Equals(tag, StringComparison.OrdinalIgnoreCase)) return SpecialKind.None;

        index = entry.Index;
        return entry.Kind;
    }

    /// <summary>
    /// Whether a tag looks like a quality, rating or date word that this profile lacks: another model's word, another spelling, a year.
    /// Never true for a word that <see cref="Classify"/> knows.
    /// </summary>
    /// <param name="tag">Without brackets and weight.</param>
    /// <param name="synonym">Which kind was meant, and the profile's own word.</param>
    public bool TryGetSynonym(ReadOnlySpan<char> tag, out Synonym synonym)
    {
        synonym = default;
        if (words.Find(tag) is not { } entry) return YearSynonym.TryFind(this, tag, out synonym) || QualitySynonym.TryFind(this, tag, out synonym);

        if (entry.Use != WordUse.Special)
        {
            synonym = new Synonym(entry.Kind, words.Replacement(entry), entry.Use == WordUse.CertainSynonym);
            return true;
        }

        // `best_quality`, `Great-Quality`: the word itself in another spelling. Counts are danbooru tags: other rules see to their `_`.
        var word = WordOf(entry.Kind, entry.Index);
        if (entry.Kind == SpecialKind.PeopleCount || word.AsSpan().Equals(tag, StringComparison.OrdinalIgnoreCase)) return false;

        synonym = new Synonym(entry.Kind, word, true);
        return true;
    }

    /// <summary>The special word with an index from <see cref="Classify"/>.</summary>
    /// <param name="kind">Which list; not <see cref="SpecialKind.None"/>.</param>
    /// <param name="index">Into that list.</param>
    public string WordOf(SpecialKind kind, int index) => kind switch
    {
        SpecialKind.PeopleCount => PeopleCounts[index].Word,
        SpecialKind.Quality => Qualities[index].Word,
        SpecialKind.Rating => Ratings[index].Word,
        SpecialKind.Date => Dates[index].Word,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Where a special word stands, as an index into <see cref="Sections"/>.</summary>
    /// <param name="kind">Not <see cref="SpecialKind.None"/>.</param>
    public int SectionOf(SpecialKind kind) => SectionOf(kind switch
    {
        SpecialKind.PeopleCount => SectionPart.PeopleCount,
        SpecialKind.Quality => SectionPart.Quality,
        SpecialKind.Rating => SectionPart.Rating,
        SpecialKind.Date => SectionPart.Date,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });

    /// <summary>The date word whose years hold <paramref name="year"/>, or null.</summary>
    /// <param name="year">Of upload.</param>
    public DateWord? DateOf(int year)
    {
        // Not foreach: over an interface it allocates, and this is asked of every unknown tag.
        for (var i = 0; i < Dates.Count; i++)
        {
            if (year >= Dates[i].First && year <= Dates[i].Last) return Dates[i];
        }

        return null;
    }

    /// <summary>Whether two rating words may stand in one prompt, as <c>nsfw</c> and <c>explicit</c> do.</summary>
    /// <param name="first">Index into <see cref="Ratings"/>.</param>
    /// <param name="second">Index into <see cref="Ratings"/>.</param>
    public bool RatingsGoTogether(int first, int second) =>
        first == second || Ratings[first].GoesWith == Ratings[second].Word || Ratings[second].GoesWith == Ratings[first].Word;

    /// <summary>Whether training dropped tags with this name: it holds one of the words that the caption code left out.</summary>
    /// <param name="name">Danbooru's spelling.</param>
    /// <param name="part">Only meta tags and artists were dropped by name.</param>
    public bool IsUntrained(ReadOnlySpan<char> name, SectionPart part)
    {
        var dropped = part switch
        {
            SectionPart.Meta => Untrained.Meta,
            SectionPart.Artist => Untrained.Artist,
            _ => [],
        };
        for (var i = 0; i < dropped.Count; i++)
        {
            if (name.Contains(dropped[i], StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>A profile that ships, without reading a file, or null for another name.</summary>
    /// <param name="id">As configuration writes it.</param>
    public static Profile? Shipped(string id) => ShippedProfiles.Find(id);

    /// <summary>The ids of the profiles that ship, the default first.</summary>
    public static IReadOnlyList<string> ShippedIds => ShippedProfiles.Ids;

    /// <summary>Kohaku-XL Delta.</summary>
    public static Profile Default => Shipped(DefaultId)!;

    /// <summary>Reads what <see cref="ProfileCompiler"/> wrote.</summary>
    /// <param name="compiled">The whole of it; kept, and must not change.</param>
    /// <exception cref="InvalidDataException">It is something else, or of another version.</exception>
    public static Profile Read(byte[] compiled) => new ProfileReader(compiled).Read();
}
