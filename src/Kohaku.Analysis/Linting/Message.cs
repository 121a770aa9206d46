using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kohaku.Analysis.Linting;

/// <summary>An interpolated message that is only put together where somebody will read it.</summary>
/// <remarks>A record stream answers with codes and columns: formatting hundreds of thousands of sentences nobody sees would cost most of its time.</remarks>
[InterpolatedStringHandler]
public ref struct Message
{
    private DefaultInterpolatedStringHandler _text;
    private readonly bool _isWanted;

    /// <summary>Begins a message for a report.</summary>
    public Message(int literalLength, int formattedCount, Report report, out bool isWanted)
    {
        ArgumentNullException.ThrowIfNull(report);
        isWanted = _isWanted = report.WantsMessages;
        if (isWanted) _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    /// <summary>Begins a message for a finding.</summary>
    public Message(int literalLength, int formattedCount, FindingBuilder finding, out bool isWanted)
        : this(literalLength, formattedCount, finding.Report, out isWanted)
    {
    }

    /// <summary>Adds constant text.</summary>
    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    /// <summary>Adds a stretch of text.</summary>
    public void AppendFormatted(ReadOnlySpan<char> value) => _text.AppendFormatted(value);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>Adds a value in a format.</summary>
    public void AppendFormatted<T>(T value, string format) => _text.AppendFormatted(value, format);

    /// <summary>The message, or null where nobody wants it.</summary>
    public string? Take() => _isWanted ? _text.ToStringAndClear() : null;
}
