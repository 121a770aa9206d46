namespace Kohaku.Tags;

/// <summary>A tag's name as the model read it in training.</summary>
public static class TagDisplay
{
    /// <summary>Names of at most this many characters keep their underscores: <c>^_^</c>, <c>o_o</c>.</summary>
    public const int ShortTag = 3;

    /// <summary>Blanks for underscores, but in names of at most <see cref="ShortTag"/> characters.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= ShortTag ? name : name.Replace('_', ' ');
    }
}
