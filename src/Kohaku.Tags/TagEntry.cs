namespace Kohaku.Tags;

/// <summary>A view of one tag's facts; nothing is read before it is asked for.</summary>
public readonly struct TagEntry : IEquatable<TagEntry>
{
    private readonly TagLookup _lookup;

    internal TagEntry(TagLookup lookup, TagId id)
    {
        _lookup = lookup;
        Id = id;
    }

    /// <summary>The tag's number.</summary>
    public TagId Id { get; }

    /// <summary>What it names.</summary>
    public TagCategory Category => Record.Category;

    /// <summary>How many posts carry it.</summary>
    public int Posts => Record.Posts;

    /// <summary>What else is known.</summary>
    public TagFlags Flags => Record.Flags;

    /// <summary>The name in danbooru's spelling: <c>long_hair</c>.</summary>
    public string Name
    {
        get
        {
            var index = _lookup.Locate(Id, out var local);
            return index.KeyString(local);
        }
    }

    /// <summary>The name in danbooru's spelling as UTF-8, without a copy.</summary>
    public ReadOnlySpan<byte> NameUtf8
    {
        get
        {
            var index = _lookup.Locate(Id, out var local);
            return index.Key(local);
        }
    }

    /// <summary>The name as the model reads it: blanks for underscores, but in tags of at most 3 characters. Brackets are not escaped.</summary>
    public string Text => TagDisplay.Of(Name);

    /// <summary>Other names that mean this tag, in danbooru's spelling.</summary>
    public IReadOnlyList<string> Aliases
    {
        get
        {
            var index = _lookup.Locate(Id, out var local);
            return index.AliasesOf(local);
        }
    }

    /// <summary>What it is called in other languages, as the user's list of translations says.</summary>
    public IReadOnlyList<string> Translations
    {
        get
        {
            var index = _lookup.Locate(Id, out var local);
            return index.TranslationTexts(local);
        }
    }

    private ref readonly IndexRecord Record
    {
        get
        {
            var index = _lookup.Locate(Id, out var local);
            return ref index.Records[local];
        }
    }

    /// <inheritdoc/>
    public bool Equals(TagEntry other) => Id == other.Id && ReferenceEquals(_lookup, other._lookup);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TagEntry other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.Value;

    /// <summary>Whether two views are of the same tag.</summary>
    public static bool operator ==(TagEntry left, TagEntry right) => left.Equals(right);

    /// <summary>Whether two views are of different tags.</summary>
    public static bool operator !=(TagEntry left, TagEntry right) => !left.Equals(right);
}
