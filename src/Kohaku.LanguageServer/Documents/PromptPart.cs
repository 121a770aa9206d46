using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Documents;

/// <summary>A stretch of a document that is read by itself: one prompt, nearly always. Versions of a document share the parts that an edit left alone.</summary>
/// <param name="text">The stretch.</param>
internal sealed class PromptPart(string text)
{
    private PartFindings? _findings;

    /// <summary>The stretch.</summary>
    public string Text { get; } = text;

    /// <summary>What the linter found when it last looked; null where nobody asked.</summary>
    public PartFindings? Findings
    {
        get => Volatile.Read(ref _findings);
        set => Volatile.Write(ref _findings, value);
    }
}

/// <summary>A part and its place.</summary>
/// <param name="Start">Offset in the document.</param>
/// <param name="Line">Its first line in the document, from 0.</param>
/// <param name="Part">The part.</param>
internal readonly record struct PlacedPart(int Start, int Line, PromptPart Part)
{
    /// <summary>Where it stands.</summary>
    public TextSpan Span => new(Start, Part.Text.Length);
}

/// <summary>The findings of a part, lines counted from the part's first.</summary>
/// <param name="Setup">What they were made with.</param>
/// <param name="Diagnostics">In the order of the text.</param>
/// <param name="Prompts">How many prompts the part holds.</param>
internal sealed record PartFindings(object Setup, Protocol.Diagnostic[] Diagnostics, int Prompts);
