using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>How a host writes the text of a prompt.</summary>
internal enum Escaping
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>As it is, on one line.</summary>
    OneLine,

    /// <summary>In quotes, a quote twice.</summary>
    QuotedCsv,

    /// <summary>Without quotes: the field gets them when the new text needs them.</summary>
    BareCsv,

    /// <summary>In JSON's quotes with backslashes.</summary>
    Json,
}

/// <summary>One replacement in a host's text.</summary>
/// <param name="Span">What is replaced; an empty span inserts.</param>
/// <param name="NewText">What stands there afterwards, quoted and escaped as the host wants it.</param>
public readonly record struct HostEdit(TextSpan Span, string NewText);

/// <summary>A prompt's text as the generator would get it, and where each unit of it stands in the host.</summary>
public sealed class HostText
{
    private readonly Escaping escaping;
    private readonly TextSpan field;

    /// <param name="text">The decoded text.</param>
    /// <param name="map">From its offsets to the host's.</param>
    /// <param name="escaping">How the host writes it.</param>
    /// <param name="field">All that the host spends on it, quotes included.</param>
    internal HostText(string text, PositionMap map, Escaping escaping, TextSpan field)
    {
        Text = text;
        Map = map;
        this.escaping = escaping;
        this.field = field;
    }

    /// <summary>The text without the host's quotes and escapes.</summary>
    public string Text { get; }

    /// <summary>From the text's offsets to the host's.</summary>
    public PositionMap Map { get; }

    /// <summary>Stretches that the host fills in later (<c>{prompt}</c> in a style): no tags, and no fix may touch them.</summary>
    public IReadOnlyList<TextSpan> Holes { get; private init; } = [];

    internal HostText WithHoles(IReadOnlyList<TextSpan> holes) => new(Text, Map, escaping, field) { Holes = holes };

    /// <summary>A text that is the whole of its host.</summary>
    internal static HostText Whole(string text) => new(text, new PositionMap(0), Escaping.None, new TextSpan(0, text.Length));

    /// <summary>The edits of the host that make this text <paramref name="newText"/>; what did not change keeps its escapes.</summary>
    public IReadOnlyList<HostEdit> Rewrite(string newText)
    {
        if (escaping == Escaping.OneLine) newText = JoinLines(newText);
        if (newText == Text) return [];
        if (escaping == Escaping.BareCsv) return [new HostEdit(field, CsvText.NeedsQuotes(newText) ? CsvText.Quote(newText) : newText)];

        var edits = TextDifference.Between(Text, newText);
        var mapped = new HostEdit[edits.Count];
        for (var i = 0; i < mapped.Length; i++)
        {
            var (span, text) = edits[i];
            mapped[i] = new HostEdit(Map.ToHost(span), Escape(text));
        }

        return mapped;
    }

    private string Escape(string text) => escaping switch
    {
        Escaping.QuotedCsv => CsvText.Escape(text),
        Escaping.Json => JsonText.Escape(text),
        _ => text,
    };

    // A line end in a one-line host would make two prompts of one; to the generator it is a blank anyway.
    private static string JoinLines(string text) =>
        text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : text.ReplaceLineEndings(" ");
}
