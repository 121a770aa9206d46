using Kohaku.Analysis.Profiles;
using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>What is known of one written tag, wherever it stands: looked up once and shared by all prompts of a run.</summary>
public sealed class TagText
{
    /// <summary>As written, escapes included.</summary>
    public required string Written { get; init; }

    /// <summary>What the generator reads: escapes resolved.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it is a tag, an alias, or one of the profile's special words.</summary>
    public bool IsKnown => IsTag || Special != SpecialKind.None;

    /// <summary>Whether the tag lists have it, as name or alias.</summary>
    public bool IsTag { get; init; }

    /// <summary>Whether it is another tag's alias.</summary>
    public bool IsAlias { get; init; }

    /// <summary>The tag meant, aliases resolved. Valid if <see cref="IsTag"/>.</summary>
    public TagId Id { get; init; }

    /// <summary>Posts of the tag meant; 0 for what is no tag.</summary>
    public int Posts { get; init; }

    /// <summary>Category of the tag meant.</summary>
    public TagCategory Category { get; init; }

    /// <summary>Flags of the tag meant.</summary>
    public TagFlags Flags { get; init; }

    /// <summary>The canonical tag as the model reads it (<c>long hair</c>), brackets not escaped; the text itself for what is no tag.</summary>
    public required string Canonical { get; init; }

    /// <summary>Which special word of the profile it is.</summary>
    public SpecialKind Special { get; init; }

    /// <summary>Index of the special word in the profile's list.</summary>
    public int SpecialIndex { get; init; }

    /// <summary>A quality, rating or date word that the profile lacks, with what was meant; <see cref="SpecialKind.None"/> otherwise.</summary>
    public Synonym Synonym { get; init; }

    /// <summary>Whether it is a word of everyday language that happens to be somebody's little-known name too: it says which, if either, to nobody.</summary>
    public bool IsPlainWord { get; init; }

    /// <summary>Index of its section in <see cref="Profile.Sections"/>; −1 for what no list knows.</summary>
    public int Section { get; init; } = -1;

    /// <summary>What rules may have to say of it.</summary>
    public TagTraits Traits { get; private set; }

    /// <summary>The tags that it implies, also through others.</summary>
    public IReadOnlyList<TagId> Implied { get; init; } = [];

    /// <summary>Whether it is a wildcard (<c>__name__</c>) or an embedding's name: no tag, and no business of the tag rules.</summary>
    public bool IsReference { get; init; }

    /// <summary>Whether a bracket stands in it without a backslash: to the generator that is no part of the tag.</summary>
    public bool HasBareBracket { get; init; }

    /// <summary>Whether it is a tag, or reads as a name with its series in brackets: <c>miku (vocaloid)</c>.</summary>
    public bool IsName { get; init; }

    /// <summary>Whether its name holds brackets without a partner, as the face <c>;)</c> does.</summary>
    public bool HasSingleBracket { get; init; }

    /// <summary>Whether a backslash stands in it that escapes nothing: A1111 drops it.</summary>
    public bool HasLoneBackslash { get; init; }

    /// <summary>How many tokens it has by itself; −1 until somebody counted.</summary>
    internal int TokenCount { get; set; } = -1;

    /// <summary>How many it has with a comma behind it.</summary>
    internal int TokenCountWithComma { get; set; }

    /// <summary>Whether that comma is a token of its own: <c>miku \(vocaloid\),</c> ends in the token <c>),</c>.</summary>
    internal bool KeepsComma { get; set; }

    /// <summary>Where commas are missing in it (<see cref="TagSplit"/>); null until somebody asked.</summary>
    internal int[]? Split { get; set; }

    /// <summary>A number that is the same for two texts that mean the same tag: the tag's id, or a hash of the folded text.</summary>
    public long Identity { get; init; }

    /// <summary>Whether rules may have something of this kind to say of it.</summary>
    public bool Is(TagTraits traits) => (Traits & traits) != 0;

    internal TagText With(TagTraits traits)
    {
        Traits = traits;
        return this;
    }
}

/// <summary>One tag of a prompt.</summary>
public struct TagView
{
    /// <summary>The tag's own text, without brackets and weight; from the first to the last of its pieces where brackets cut it.</summary>
    public Syntax.TextSpan Span { get; internal set; }

    /// <summary>What is known of it.</summary>
    public TagText Text { get; internal set; }

    /// <summary><see cref="TagText.Traits"/>, at hand.</summary>
    public TagTraits Traits { get; internal set; }

    /// <summary><see cref="TagText.Identity"/>, at hand.</summary>
    public long Identity { get; internal set; }

    /// <summary><see cref="TagText.IsReference"/>, at hand.</summary>
    public bool IsReference { get; internal set; }

    /// <summary>Whether rules may have something of this kind to say of it.</summary>
    public readonly bool Is(TagTraits traits) => (Traits & traits) != 0;

    /// <summary>Rows of <see cref="Syntax.SyntaxTree.Pieces"/>; more than one where brackets cut it, as in <c>long (hair:1.2)</c>.</summary>
    public Syntax.RowRange Pieces { get; internal set; }

    /// <summary>Innermost group of its first piece, or −1.</summary>
    public int Group { get; internal set; }

    /// <summary>Row of <see cref="Syntax.SyntaxTree.Fields"/>.</summary>
    public int Field { get; internal set; }

    /// <summary>Row of <see cref="Syntax.SyntaxTree.Parts"/>.</summary>
    public int Part { get; internal set; }

    /// <summary>Tags are compared and moved only inside one region.</summary>
    public int Region { get; internal set; }

    /// <summary>Whether brackets that are no part of its name cut it, as in <c>long (hair:1.2)</c>: its text is not one stretch.</summary>
    public readonly bool IsCut => Pieces.Count > 1 && !HasBareBrackets;

    /// <summary>Effective weight; of its first piece where brackets cut it.</summary>
    public double Weight { get; internal set; }

    /// <summary>Whether it is a known tag some of whose own brackets stand unescaped, so that the generator reads emphasis: <c>miku (vocaloid)</c>.</summary>
    public bool HasBareBrackets { get; internal set; }
}
