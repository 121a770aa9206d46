using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.LanguageServer.Documents;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Session;

/// <summary>A part of a document, parsed, with its tags looked up on demand. To be disposed; offsets here are the document's unless said otherwise.</summary>
internal sealed class PartReading : IDisposable
{
    private readonly Workbench _bench;
    private int _prompt = -1;
    private PromptView? _positive;
    private PromptView? _negative;

    private PartReading(Document document, PlacedPart part, Workbench bench)
    {
        (Document, Part, _bench) = (document, part, bench);
        bench.Tree.Read(part.Part.Text.AsMemory(), bench.Settings.ParseOptions);
    }

    /// <summary>The document.</summary>
    public Document Document { get; }

    /// <summary>The part and its place.</summary>
    public PlacedPart Part { get; }

    /// <summary>Its tree. Spans in it count from the part's start: <see cref="ToDocument(TextSpan)"/>.</summary>
    public SyntaxTree Tree => _bench.Tree;

    /// <summary>The configuration.</summary>
    public Settings Settings => _bench.Settings;

    /// <summary>What tags are looked up in.</summary>
    public LintServices Services => _bench.Services;

    /// <summary>Tokenizer, formatter and the rest.</summary>
    public Workbench Bench => _bench;

    /// <summary>Reads the part at an offset of a document.</summary>
    public static PartReading At(Snapshot snapshot, Document document, int offset) => Of(snapshot, document, document.PartAt(offset));

    /// <summary>Reads a part of a document.</summary>
    public static PartReading Of(Snapshot snapshot, Document document, PlacedPart part) => new(document, part, snapshot.Setup.PoolFor(document.Path).Rent());

    /// <summary>A span of the tree, in the document.</summary>
    public TextSpan ToDocument(TextSpan span) => new(span.Start + Part.Start, span.Length);

    /// <summary>A span of the tree, in the protocol's places.</summary>
    public Protocol.Range Range(TextSpan span) => Document.Lines.Range(ToDocument(span));

    /// <summary>An offset of the document, in the tree; clamped to the part.</summary>
    public int ToTree(int offset) => Math.Clamp(offset - Part.Start, 0, Part.Part.Text.Length);

    /// <summary>Row of <see cref="SyntaxTree.Prompts"/> at an offset of the tree.</summary>
    public int PromptAt(int treeOffset)
    {
        var index = 0;
        while (index + 1 < Tree.Prompts.Length && Tree.Prompts[index + 1].Span.Start <= treeOffset) index++;
        return index;
    }

    /// <summary>Both sides of a prompt with their tags; valid until another prompt of this part is asked for.</summary>
    public (PromptView Positive, PromptView? Negative) Prompt(int index)
    {
        if (index != _prompt)
        {
            (_positive, _negative) = _bench.Reader.Read(Tree, index);
            _prompt = index;
        }

        return (_positive!, _negative);
    }

    /// <summary>The side that holds an offset of the tree, its end included; null on a parameter line, a header or a separator.</summary>
    public PromptView? SideAt(int treeOffset)
    {
        var (positive, negative) = Prompt(PromptAt(treeOffset));
        if (negative is not null && Holds(negative.Side.Span)) return negative;
        return Holds(positive.Side.Span) ? positive : null;

        bool Holds(TextSpan span) => span.Start <= treeOffset && treeOffset <= span.End;
    }

    /// <summary>Index into <see cref="PromptView.Tags"/> of the tag that an offset of the tree touches; −1 for none.</summary>
    public static int TagAt(PromptView side, int treeOffset)
    {
        var tags = side.Tags;
        for (var i = 0; i < tags.Length; i++)
            if (tags[i].Span.Start <= treeOffset && treeOffset <= tags[i].Span.End) return i;
        return -1;
    }

    /// <inheritdoc/>
    public void Dispose() => _bench.Dispose();
}
