namespace Kohaku.Syntax;

/// <summary>A parameter of an infotext.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value, unquoted; for a bare word the same as its name.</param>
/// <param name="KeySpan">Where the name stands; empty where the field was not read from a text.</param>
/// <param name="ValueSpan">Where the value stands, with its quotes.</param>
public sealed record InfotextField(string Key, string Value, TextSpan KeySpan = default, TextSpan ValueSpan = default)
{
    /// <summary>Whether it is a word without a value. A1111 writes a parameter so whose value is its name, and does not read it back.</summary>
    public bool IsBare => Key == Value && KeySpan == ValueSpan;
}
