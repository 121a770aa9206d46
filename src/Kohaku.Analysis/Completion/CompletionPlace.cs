using Kohaku.Syntax;

namespace Kohaku.Analysis.Completion;

/// <summary>What may be written at a place.</summary>
public enum PlaceKind : byte
{
    /// <summary>Nothing: a weight, a comment, a separator.</summary>
    None,

    /// <summary>A tag.</summary>
    Tag,

    /// <summary>The name in <c>&lt;lora:name:1&gt;</c>.</summary>
    Network,

    /// <summary>The name in <c>embedding:name</c>.</summary>
    Embedding,

    /// <summary>The name in <c>__name__</c>.</summary>
    Wildcard,

    /// <summary>A key of the parameter line.</summary>
    ParameterKey,

    /// <summary>A value of the parameter line.</summary>
    ParameterValue,

    /// <summary>A rule's name in a comment that silences rules.</summary>
    RuleName,
}

/// <summary>A place where something may be written, and what writing it replaces. Offsets are the tree's.</summary>
/// <param name="Kind">What may be written.</param>
/// <param name="Offset">Where the cursor stands.</param>
/// <param name="Span">What is replaced: all of the tag under the cursor, not its weight; always on one line, the cursor in it.</param>
public sealed record CompletionPlace(PlaceKind Kind, int Offset, TextSpan Span)
{
    /// <summary>Nothing may be written.</summary>
    public static CompletionPlace Nothing { get; } = new(PlaceKind.None, 0, default);

    /// <summary>The word under the cursor, without the blanks before it that <see cref="Span"/> may hold.</summary>
    public TextSpan Word { get; init; }

    /// <summary>What is typed so far, escapes resolved: what to search for.</summary>
    public string Query { get; init; } = "";

    /// <summary>What must stand before the text: the comma and blank that are missing.</summary>
    public string Before { get; init; } = "";

    /// <summary>What must stand behind the text.</summary>
    public string Behind { get; init; } = "";

    /// <summary>Whether the text is the last before a closing bracket or the end, where a <c>:3</c> at its end would be taken for a weight.</summary>
    public bool EndsRun { get; init; }

    /// <summary>Innermost bracket round the place, or −1.</summary>
    public int Group { get; init; } = -1;

    /// <summary>Row of <see cref="SyntaxTree.Sides"/>; −1 outside of both sides.</summary>
    public int Side { get; init; } = -1;

    /// <summary>Whether only what begins with the query fits: behind a colon in brackets, where a number may be meant.</summary>
    public bool BeginningsOnly { get; init; }

    /// <summary>Whether nothing but the query stands before the cursor on its line.</summary>
    public bool BeginsLine { get; init; }

    /// <summary>Whether the line is the prompt's last, so that parameters may be meant.</summary>
    public bool IsLastLine { get; init; }

    /// <summary>The kind of network, <c>lora</c>; or the key of the parameter whose value is meant.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The wider reading of <c>miku (voca</c>: one name with its series in brackets. For a wildcard the same place read as a tag. Null where there is no other reading.</summary>
    public CompletionPlace? Joined { get; init; }
}
