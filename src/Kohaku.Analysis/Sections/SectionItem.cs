using Kohaku.Syntax;

namespace Kohaku.Analysis.Sections;

/// <summary>What moves as one when sections are sorted: a comma field, or several that a bracket joins, with the comments that belong to it.</summary>
internal struct SectionItem
{
    /// <summary>Its first field.</summary>
    public int FirstField;

    /// <summary>Its last field.</summary>
    public int LastField;

    /// <summary>The text without the brackets that hold other items too.</summary>
    public TextSpan Text;

    /// <summary>Innermost of these brackets, as a row of <see cref="SectionRange.Brackets"/>, or −1.</summary>
    public int Bracket;

    /// <summary>The section of all its tags; −1 where no list knows them or they belong to several.</summary>
    public int Section;

    /// <summary>The first of its tags.</summary>
    public int FirstTag;

    /// <summary>Behind the last of its tags.</summary>
    public int EndTag;

    /// <summary>Comment lines above it.</summary>
    public TextSpan Heading;

    /// <summary>Comma and blanks behind it.</summary>
    public TextSpan Comma;

    /// <summary>The comment at its line's end.</summary>
    public TextSpan Comment;

    /// <summary>Line end, blank lines and indentation behind it.</summary>
    public TextSpan Break;
}

/// <summary>A bracket round several items.</summary>
/// <param name="Group">Row of <see cref="SyntaxTree.Groups"/>.</param>
/// <param name="Parent">The bracket around it, or −1.</param>
/// <param name="FirstField">The field it opens in.</param>
/// <param name="LastField">The field it closes in.</param>
internal readonly record struct SectionBracket(int Group, int Parent, int FirstField, int LastField);
