namespace Kohaku.Syntax;

/// <summary>What a token is.</summary>
public enum TokenKind : byte
{
    /// <summary>Words, escapes and literal punctuation, without outer blanks: what a tag is made of.</summary>
    Text,

    /// <summary>Blanks inside a line.</summary>
    Whitespace,

    /// <summary><c>\n</c>, <c>\r\n</c> or <c>\r</c>.</summary>
    LineBreak,

    /// <summary>From <c>#</c> to the line's end.</summary>
    Comment,

    /// <summary><c>,</c>.</summary>
    Comma,

    /// <summary><c>，</c> or <c>、</c>: meant as a comma, text to the generator.</summary>
    WideComma,

    /// <summary><c>(</c>, <c>[</c> or, with dynamic prompts, <c>{</c>.</summary>
    Open,

    /// <summary>The bracket that closes an <see cref="Open"/>.</summary>
    Close,

    /// <summary>The <c>:1.2</c> before a closing round bracket, or at the end of a part.</summary>
    Weight,

    /// <summary>A <c>:</c> that divides prompt editing.</summary>
    Colon,

    /// <summary>The step or share at the end of prompt editing.</summary>
    When,

    /// <summary>A <c>|</c> that divides alternatives.</summary>
    Pipe,

    /// <summary><c>n$$</c>, <c>$$ and $$</c> or <c>0.5::</c> of a dynamic prompt.</summary>
    Variant,

    /// <summary>The word <c>BREAK</c>.</summary>
    Break,

    /// <summary>The word <c>AND</c> of a positive prompt.</summary>
    And,

    /// <summary><c>&lt;kind:arguments&gt;</c>.</summary>
    Network,

    /// <summary>A line <c>---</c>.</summary>
    Separator,

    /// <summary><c>Negative prompt:</c> at a line's start.</summary>
    NegativeHeader,

    /// <summary>The parameter line.</summary>
    Parameters,

    /// <summary>A byte-order mark at the file's start.</summary>
    ByteOrderMark,
}

/// <summary>One token; all tokens of a tree, joined, are its text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">UTF-16 offset.</param>
/// <param name="Length">UTF-16 units, at least 1.</param>
public readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    /// <summary>Offset behind the token.</summary>
    public int End => Start + Length;

    /// <summary>Where the token stands.</summary>
    public TextSpan Span => new(Start, Length);
}
