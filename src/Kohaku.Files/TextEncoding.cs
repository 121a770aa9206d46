namespace Kohaku.Files;

/// <summary>How a text stood on disk, so that it is written back the same way.</summary>
public enum TextEncoding
{
    /// <summary>UTF-8 without a byte-order mark.</summary>
    Utf8,

    /// <summary>UTF-8 behind the mark EF BB BF.</summary>
    Utf8WithMark,

    /// <summary>UTF-16, little end first, behind the mark FF FE.</summary>
    Utf16LittleEndian,

    /// <summary>UTF-16, big end first, behind the mark FE FF.</summary>
    Utf16BigEndian,
}
