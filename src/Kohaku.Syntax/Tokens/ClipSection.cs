namespace Kohaku.Syntax.Tokens;

/// <summary>The parts of a <see cref="ClipTable"/>, in the order of its header.</summary>
internal enum ClipSection
{
    /// <summary>Hash table of merges: token ids, 0 where free.</summary>
    Slots,

    /// <summary>Per merge its two halves, the left one in the high 16 bits.</summary>
    Merges,

    /// <summary>Per token the bytes it stands for.</summary>
    Lengths,

    /// <summary>Per byte its token.</summary>
    ByteTokens,

    /// <summary>Per 128 code points the number of their block.</summary>
    TraitBlocks,

    /// <summary>Blocks of 128 <see cref="UnicodeTraits"/>.</summary>
    Traits,

    /// <summary>Code points with a canonical decomposition, rising.</summary>
    DecompositionKeys,

    /// <summary>Where the decomposition of each begins among the points, and one more: the end.</summary>
    DecompositionOffsets,

    /// <summary>Code points of all decompositions.</summary>
    DecompositionPoints,

    /// <summary>Pairs that compose, rising: the first in the high 32 bits, the second in the low.</summary>
    CompositionKeys,

    /// <summary>What the pairs compose to.</summary>
    CompositionValues,

    /// <summary>UTF-16 of the plain forms of U+FF00 to U+FFEF; two units each, 0 where there is none.</summary>
    PlainWidths,

    /// <summary>Where each name of HTML's character references begins among the names, rising by name, and one more: the end.</summary>
    EntityOffsets,

    /// <summary>The names, ASCII, without the <c>&amp;</c>, with the semicolon where it belongs to the name.</summary>
    EntityNames,

    /// <summary>Per name two code points, the second 0 where there is but one.</summary>
    EntityValues,
}

/// <summary>What canonical composition and lower-casing ask about a code point.</summary>
[Flags]
internal enum UnicodeTraits : ushort
{
    /// <summary>Nothing: normalization leaves it alone whatever stands beside it.</summary>
    None = 0,

    /// <summary>The rank of the canonical combining class; 0 for a starter.</summary>
    Order = 0x3F,

    /// <summary>Has a canonical decomposition.</summary>
    Decomposes = 0x40,

    /// <summary>May compose with what stands before it.</summary>
    Composes = 0x80,

    /// <summary>All that canonical composition looks at.</summary>
    Normalization = Order | Decomposes | Composes,

    /// <summary>A cased letter, for the final sigma.</summary>
    Cased = 0x100,

    /// <summary>Passed over when the final sigma looks for a cased letter.</summary>
    CaseIgnorable = 0x200,
}
