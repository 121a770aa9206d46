using Kohaku.LanguageServer.Protocol;

namespace Kohaku.LanguageServer.Colouring;

/// <summary>What tokens are coloured as; the order is that of <see cref="Legend"/>.</summary>
internal enum ColourType : byte
{
    PeopleCount,
    Special,
    Character,
    Series,
    Artist,
    General,
    Meta,
    Network,
    Weight,
    Escape,
    Comment,
    Keyword,
    ParameterKey,
    ParameterValue,
    Separator,
}

/// <summary>What tokens are marked as; a bit each, in the order of <see cref="Legend"/>.</summary>
[Flags]
internal enum ColourModifiers : byte
{
    None = 0,
    Weak = 1,
    Rare = 2,
    Unknown = 4,
    Negative = 8,
    Deprecated = 16,
}

/// <summary>The names of types and modifiers; the extension declares the same.</summary>
internal static class Legend
{
    /// <summary>As it is offered to the client.</summary>
    public static SemanticTokensLegend Offered { get; } = new(
        [
            "peopleCount", "special", "character", "series", "artist", "general", "meta", "network", "weight", "escape", "comment", "keyword", "parameterKey",
            "parameterValue", "separator",
        ],
        ["weak", "rare", "unknown", "negative", "deprecated"]);
}
