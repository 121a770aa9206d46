using System.Text;
using Kohaku.Syntax.Parsing;

namespace Kohaku.Syntax;

/// <summary>
/// The lossless tree of a text, kept as tables whose rows name each other by index: every character is in exactly one token, and
/// any text has a tree.
/// </summary>
/// <remarks>
/// Tables instead of node objects, because a tree is made for every key stroke and for every record of a stream: they are cleared and
/// filled again without allocating. A tree is immutable to all but <see cref="Read(ReadOnlyMemory{char}, ParseOptions)"/>.
/// </remarks>
public sealed class SyntaxTree
{
    internal Rows<Token> TokenRows;
    internal Rows<PromptNode> PromptRows;
    internal Rows<SideNode> SideRows;
    internal Rows<PartNode> PartRows;
    internal Rows<FieldNode> FieldRows;
    internal Rows<PieceNode> PieceRows;
    internal Rows<GroupNode> GroupRows;
    internal Rows<Mark> MarkRows;
    internal Rows<ParameterNode> ParameterRows;
    private readonly SideParser _sideParser;
    private ReadOnlyMemory<char> _text;

    /// <summary>An empty tree, to read texts into.</summary>
    public SyntaxTree() => _sideParser = new SideParser(this);

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Text => _text.Span;

    /// <summary>The text, to keep.</summary>
    public ReadOnlyMemory<char> Memory => _text;

    /// <summary>How the text was read.</summary>
    public ParseOptions Options { get; private set; } = ParseOptions.Default;

    /// <summary>All tokens, in order, without gaps.</summary>
    public ReadOnlySpan<Token> Tokens => TokenRows.Span;

    /// <summary>The prompts of the library; at least one.</summary>
    public ReadOnlySpan<PromptNode> Prompts => PromptRows.Span;

    /// <summary>Positive and negative texts.</summary>
    public ReadOnlySpan<SideNode> Sides => SideRows.Span;

    /// <summary>What <c>AND</c> divides.</summary>
    public ReadOnlySpan<PartNode> Parts => PartRows.Span;

    /// <summary>What commas and line ends divide.</summary>
    public ReadOnlySpan<FieldNode> Fields => FieldRows.Span;

    /// <summary>Runs of text.</summary>
    public ReadOnlySpan<PieceNode> Pieces => PieceRows.Span;

    /// <summary>Brackets, in the order in which they open.</summary>
    public ReadOnlySpan<GroupNode> Groups => GroupRows.Span;

    /// <summary>Networks, BREAKs, comments and stray brackets, in order.</summary>
    public ReadOnlySpan<Mark> Marks => MarkRows.Span;

    /// <summary>Pairs of the parameter lines.</summary>
    public ReadOnlySpan<ParameterNode> Parameters => ParameterRows.Span;

    /// <summary>Parses a text. Never fails: what is broken is in the tree as well.</summary>
    public static SyntaxTree Parse(string text, ParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tree = new SyntaxTree();
        tree.Read(text.AsMemory(), options ?? ParseOptions.Default);
        return tree;
    }

    /// <summary>Parses another text into this tree's storage. Spans taken before are no longer valid.</summary>
    public void Read(ReadOnlyMemory<char> text, ParseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Clear(text, options);
        if (options.Form == TextForm.Library)
        {
            new LibraryParser(this).Parse(text.Span);
            return;
        }

        ref var prompt = ref PromptRows.Add();
        var whole = new TextSpan(0, text.Length);
        prompt.Span = whole;
        prompt.Negative = -1;
        var isNegative = options.Form == TextForm.Negative;
        prompt.Positive = AddSide(new TextSpan(0, isNegative ? 0 : text.Length), isNegative: false);
        if (isNegative) PromptRows[0].Negative = AddSide(whole, isNegative: true);
    }

    /// <summary>
    /// Parses a positive and a negative prompt that stand one behind the other in one buffer, as the fields of a record do. The negative
    /// one begins at <paramref name="positiveLength"/>; a negative length of −1 means that there is none.
    /// </summary>
    public void ReadRecord(ReadOnlyMemory<char> text, int positiveLength, bool hasNegative, ParseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Clear(text, options);
        ref var prompt = ref PromptRows.Add();
        prompt.Span = new TextSpan(0, text.Length);
        prompt.Negative = -1;
        prompt.Positive = AddSide(new TextSpan(0, positiveLength), isNegative: false);
        if (hasNegative) PromptRows[0].Negative = AddSide(TextSpan.FromBounds(positiveLength, text.Length), isNegative: true);
    }

    /// <summary>
    /// Whether a text that should be a prompt is infotext instead, with the negative prompt and the parameters in it: a line begins with
    /// <c>Negative prompt:</c>, or the last one is parameters, three at least.
    /// </summary>
    public static bool IsInfotext(ReadOnlySpan<char> text) => LibraryParser.IsInfotext(text);

    /// <summary>The text of a span.</summary>
    public ReadOnlySpan<char> Slice(TextSpan span) => _text.Span.Slice(span.Start, span.Length);

    /// <summary>The tokens joined: the text that was parsed.</summary>
    public override string ToString()
    {
        var text = Text;
        var joined = new StringBuilder(text.Length);
        foreach (ref readonly var token in Tokens) joined.Append(text.Slice(token.Start, token.Length));
        return joined.ToString();
    }

    internal int AddSide(TextSpan span, bool isNegative)
    {
        var index = SideRows.Count;
        SideRows.Add();
        _sideParser.Parse(_text.Span, span, index, isNegative, Options);
        return index;
    }

    private void Clear(ReadOnlyMemory<char> text, ParseOptions options)
    {
        _text = text;
        Options = options;
        TokenRows.Clear();
        PromptRows.Clear();
        SideRows.Clear();
        PartRows.Clear();
        FieldRows.Clear();
        PieceRows.Clear();
        GroupRows.Clear();
        MarkRows.Clear();
        ParameterRows.Clear();
    }
}
