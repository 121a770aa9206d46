using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;
using Kohaku.Syntax.Tokens;

namespace Kohaku.LanguageServer.Documents;

/// <summary>A stretch of a document that is read by itself: one prompt, nearly always. Versions of a document share the parts that an edit left alone.</summary>
/// <param name="text">The stretch.</param>
internal sealed class PromptPart(string text)
{
    private PartFindings? _findings;
    private PartCounts? _counts;
    private PartColours? _colours;
    private PartModel? _model;

    /// <summary>The stretch.</summary>
    public string Text { get; } = text;

    /// <summary>What the linter found when it last looked; null where nobody asked.</summary>
    public PartFindings? Findings
    {
        get => Volatile.Read(ref _findings);
        set => Volatile.Write(ref _findings, value);
    }

    /// <summary>Its prompts with their tokens, as they were last counted; null where nobody asked.</summary>
    public PartCounts? Counts
    {
        get => Volatile.Read(ref _counts);
        set => Volatile.Write(ref _counts, value);
    }

    /// <summary>What was found about the model here when it was last looked at; null where nobody asked.</summary>
    public PartModel? Model
    {
        get => Volatile.Read(ref _model);
        set => Volatile.Write(ref _model, value);
    }

    /// <summary>Its coloured tokens, as they were last found; null where nobody asked.</summary>
    public PartColours? Colours
    {
        get => Volatile.Read(ref _colours);
        set => Volatile.Write(ref _colours, value);
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
/// <param name="Written">In the order of the text.</param>
/// <param name="Places">Where each begins, and how much it matters.</param>
/// <param name="Prompts">How many prompts the part holds.</param>
internal sealed record PartFindings(object Setup, WrittenFindings Written, FindingPlace[] Places, int Prompts);

/// <summary>Where a finding begins.</summary>
/// <param name="Line">Counted from the part's first.</param>
/// <param name="Severity">1 error to 4 hint.</param>
/// <param name="Code">The rule's id.</param>
/// <param name="IsFixable">Whether it has a fix that may be applied unseen.</param>
internal readonly record struct FindingPlace(int Line, int Severity, string Code, bool IsFixable);

/// <summary>What is to be told of the model at a part, lines counted from the part's first.</summary>
/// <param name="Setup">What the part was read with.</param>
/// <param name="Model">The model as it was looked at.</param>
/// <param name="IsFirst">Whether what concerns the whole document is told here.</param>
/// <param name="HasPrompt">Whether there is a prompt here that it could be told at.</param>
/// <param name="Written">The findings.</param>
internal sealed record PartModel(object Setup, CheckedModel Model, bool IsFirst, bool HasPrompt, WrittenFindings Written);

/// <summary>The prompts of a part with their tokens; offsets counted from the part's first character.</summary>
/// <param name="Setup">What they were counted with.</param>
/// <param name="Prompts">In the order of the text; at least one.</param>
internal sealed record PartCounts(object Setup, CountedPrompt[] Prompts);

/// <summary>A prompt with its tokens.</summary>
/// <param name="Span">The whole of it.</param>
/// <param name="Positive">The tokens of its positive side.</param>
/// <param name="Negative">Those of its negative side; null where there is none.</param>
internal sealed record CountedPrompt(TextSpan Span, SideTokens Positive, SideTokens? Negative);

/// <summary>The coloured tokens of a part.</summary>
/// <param name="Setup">What they were found with.</param>
/// <param name="Tokens">In the order of the text, lines counted from the part's first.</param>
internal sealed record PartColours(object Setup, ColouredToken[] Tokens);

/// <summary>A token with a colour, inside one line.</summary>
/// <param name="Line">From 0.</param>
/// <param name="Character">In units of the encoding agreed on.</param>
/// <param name="Length">Likewise; at least 1.</param>
/// <param name="Type">Index into the legend's types.</param>
/// <param name="Modifiers">A bit for each of the legend's modifiers.</param>
internal readonly record struct ColouredToken(int Line, int Character, int Length, byte Type, byte Modifiers);
