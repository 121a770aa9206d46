using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary>The protocol's kinds, by which editors choose icons: the same meaning as the colours of the text.</summary>
internal static class ItemKinds
{
    /// <summary>People counts and the model's special words.</summary>
    public const int Keyword = 14;

    /// <summary>Network and embedding files, lists of wildcards.</summary>
    public const int File = 17;

    /// <summary>Parameter keys.</summary>
    public const int Property = 10;

    /// <summary>Parameter values.</summary>
    public const int Value = 12;

    /// <summary>Rules' names.</summary>
    public const int EnumMember = 20;

    private const int Function = 3;
    private const int Variable = 6;
    private const int Class = 7;
    private const int Module = 9;
    private const int Text = 1;

    /// <summary>The kind of a category.</summary>
    public static int Of(TagCategory category) => category switch
    {
        TagCategory.Artist => Function,
        TagCategory.Series => Module,
        TagCategory.Character => Class,
        TagCategory.Meta => Text,
        _ => Variable,
    };
}
