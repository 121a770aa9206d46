namespace Kohaku.Syntax;

/// <summary>A range of rows in one of the tree's tables.</summary>
/// <param name="First">Index of the first row.</param>
/// <param name="End">Index behind the last row.</param>
public readonly record struct RowRange(int First, int End)
{
    /// <summary>Number of rows.</summary>
    public int Count => End - First;
}

/// <summary>One prompt of a library: positive text, negative text, parameters.</summary>
public struct PromptNode
{
    /// <summary>The whole prompt, without the separators around it.</summary>
    public TextSpan Span { get; internal set; }

    /// <summary>Index of its positive side in <see cref="SyntaxTree.Sides"/>.</summary>
    public int Positive { get; internal set; }

    /// <summary>Index of its negative side, or −1.</summary>
    public int Negative { get; internal set; }

    /// <summary>The parameter line, or an empty span where there is none.</summary>
    public TextSpan ParameterLine { get; internal set; }

    /// <summary>Rows of <see cref="SyntaxTree.Parameters"/>.</summary>
    public RowRange Parameters { get; internal set; }

    /// <summary>A last line that looks like parameters but has no known key: it stays prompt text. Empty where there is none.</summary>
    public TextSpan UnknownParameterLine { get; internal set; }
}

/// <summary>The positive or the negative text of a prompt.</summary>
public struct SideNode
{
    /// <summary>Whether this is the negative prompt.</summary>
    public bool IsNegative { get; internal set; }

    /// <summary>The text, the <c>Negative prompt:</c> header not included.</summary>
    public TextSpan Span { get; internal set; }

    /// <summary>Rows of <see cref="SyntaxTree.Tokens"/>.</summary>
    public RowRange Tokens { get; internal set; }

    /// <summary>Rows of <see cref="SyntaxTree.Fields"/>.</summary>
    public RowRange Fields { get; internal set; }

    /// <summary>Rows of <see cref="SyntaxTree.Pieces"/>.</summary>
    public RowRange Pieces { get; internal set; }

    /// <summary>Rows of <see cref="SyntaxTree.Groups"/>.</summary>
    public RowRange Groups { get; internal set; }

    /// <summary>Rows of <see cref="SyntaxTree.Parts"/>.</summary>
    public RowRange Parts { get; internal set; }

    /// <summary>Rows of <see cref="SyntaxTree.Marks"/>: networks, BREAKs, comments, stray brackets.</summary>
    public RowRange Marks { get; internal set; }
}

/// <summary>What <c>AND</c> divides; a side without <c>AND</c> is one part.</summary>
public struct PartNode
{
    /// <summary>The part's text.</summary>
    public TextSpan Span { get; internal set; }

    /// <summary>The number behind the last colon (A1111: <c>a :1.2 AND b</c>), else 1.</summary>
    public double Weight { get; internal set; }

    /// <summary><c>:1.2</c> at the part's end, or an empty span.</summary>
    public TextSpan WeightSpan { get; internal set; }

    /// <summary>Whether prompt editing is switched off here, and its brackets are emphasis: a <c>|</c> outside <c>[ ]</c>, or a last backslash.</summary>
    public bool IsLiteral { get; internal set; }

    /// <summary>Where the character stands that made the part literal; −1 where it is not.</summary>
    public int LiteralCause { get; internal set; }
}

/// <summary>What two separators hold between them: usually one tag.</summary>
public struct FieldNode
{
    /// <summary>From the first to the last character that is not blank, brackets and weights included; empty for an empty field.</summary>
    public TextSpan Span { get; internal set; }

    /// <summary>Rows of <see cref="SyntaxTree.Pieces"/>; more than one where brackets stand inside the field.</summary>
    public RowRange Pieces { get; internal set; }

    /// <summary>Index of the separator token that ends the field, or −1 at the side's end.</summary>
    public int Separator { get; internal set; }

    /// <summary>Whether the field holds anything but blanks: a piece, bracket or network.</summary>
    public readonly bool IsEmpty => Span.Length == 0;
}

/// <summary>A run of text inside one field and one group: a tag, or a word of one.</summary>
public struct PieceNode
{
    /// <summary>Without outer blanks, escapes as written.</summary>
    public TextSpan Span { get; internal set; }

    /// <summary>Innermost group in <see cref="SyntaxTree.Groups"/>, or −1.</summary>
    public int Group { get; internal set; }

    /// <summary>Row of <see cref="SyntaxTree.Fields"/>.</summary>
    public int Field { get; internal set; }

    /// <summary>Row of <see cref="SyntaxTree.Parts"/>.</summary>
    public int Part { get; internal set; }

    /// <summary>Changes at BREAK, AND and the borders of editing and alternatives: tags are never moved from one region to another.</summary>
    public int Region { get; internal set; }

    /// <summary>All brackets multiplied (A1111), or the nearest explicit weight (ComfyUI).</summary>
    public double Weight { get; internal set; }
}

/// <summary>What a bracket is for.</summary>
public enum GroupKind : byte
{
    /// <summary><c>(a)</c> or <c>(a:1.2)</c>.</summary>
    Round,

    /// <summary><c>[a]</c>: less emphasis.</summary>
    Square,

    /// <summary><c>[a:b:0.5]</c>.</summary>
    Editing,

    /// <summary><c>[a|b]</c>.</summary>
    Alternation,

    /// <summary><c>{a|b}</c>, with dynamic prompts.</summary>
    Variants,
}

/// <summary>A bracket pair, or an opening bracket that is never closed.</summary>
public struct GroupNode
{
    /// <summary>What it is for.</summary>
    public GroupKind Kind { get; internal set; }

    /// <summary>Offset of the opening bracket.</summary>
    public int Open { get; internal set; }

    /// <summary>Offset of the closing bracket, or −1.</summary>
    public int Close { get; internal set; }

    /// <summary>The <c>:1.2</c> with its colon, or the editing's number; empty where there is none.</summary>
    public TextSpan WeightSpan { get; internal set; }

    /// <summary>The number as written; NaN where there is none or it is none (<c>1.2.3</c>).</summary>
    public double Number { get; internal set; }

    /// <summary>What the bracket multiplies by: the number, 1.1, 1/1.1, or 1 for editing and alternatives.</summary>
    public double Multiplier { get; internal set; }

    /// <summary>Whether an editing has a text before its step: <c>[a:b:3]</c>, <c>[a::3]</c>, but not <c>[b:3]</c>.</summary>
    public readonly bool HasFrom => FirstColon > 0;

    /// <summary>Offset of the colon between both texts of an editing; 0 where it has one text only.</summary>
    public int FirstColon { get; internal set; }

    /// <summary>Innermost group around it, or −1.</summary>
    public int Parent { get; internal set; }

    /// <summary>Rows of <see cref="SyntaxTree.Pieces"/> inside, nested ones included.</summary>
    public RowRange Pieces { get; internal set; }

    /// <summary>Whether a closing bracket was found.</summary>
    public readonly bool IsClosed => Close >= 0;

    /// <summary>Whether a weight is written in it.</summary>
    public readonly bool HasWeight => WeightSpan.Length > 0 && Kind == GroupKind.Round;

    /// <summary>Whether networks stand between the weight and the bracket that it closes.</summary>
    public readonly bool HasNetworkBehindWeight => HasWeight && IsClosed && WeightSpan.End < Close;
}

/// <summary>What a mark is.</summary>
public enum MarkKind : byte
{
    /// <summary><c>&lt;lora:name:1&gt;</c>.</summary>
    Network,

    /// <summary><c>BREAK</c>.</summary>
    Break,

    /// <summary><c>AND</c>.</summary>
    And,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>A closing bracket that closes nothing.</summary>
    StrayClose,
}

/// <summary>Something in a side that is neither tag nor bracket pair.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where.</param>
/// <param name="Group">Innermost group around it, or −1.</param>
/// <param name="Field">The field it stands in.</param>
public readonly record struct Mark(MarkKind Kind, TextSpan Span, int Group, int Field);

/// <summary>One pair of a parameter line.</summary>
/// <param name="Key">The key, without the colon.</param>
/// <param name="Value">The value, quotes included.</param>
public readonly record struct ParameterNode(TextSpan Key, TextSpan Value);
