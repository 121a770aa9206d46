namespace Kohaku.Analysis.Configuration;

/// <summary>What unknown text that reads as a sentence is taken for.</summary>
public enum SentencePolicy
{
    /// <summary>For language, which no list holds: unknown-tag is silent.</summary>
    Ignore,

    /// <summary>For unknown tags.</summary>
    Report,
}

/// <summary>How the formatter writes a prompt.</summary>
/// <param name="LinePerSection">Whether each section begins a line.</param>
/// <param name="ExplicitWeights">Whether <c>((a))</c> becomes <c>(a:1.21)</c>.</param>
public sealed record FormatOptions(bool LinePerSection = false, bool ExplicitWeights = false);

/// <summary>Lists of tags beside the shipped one.</summary>
/// <param name="Databases">Files of databases, the first first.</param>
/// <param name="Extra">Lists of further tags.</param>
/// <param name="Translations">Lists of tags in other languages.</param>
/// <param name="Allow">Texts that count as known.</param>
public sealed record TagSources(
    IReadOnlyList<string> Databases, IReadOnlyList<string> Extra, IReadOnlyList<string> Translations, IReadOnlyList<string> Allow)
{
    /// <summary>The shipped list alone.</summary>
    public static TagSources None { get; } = new([], [], [], []);

    /// <summary>Whether anything lies over the shipped list.</summary>
    public bool IsEmpty => Databases.Count + Extra.Count + Translations.Count + Allow.Count == 0;
}
