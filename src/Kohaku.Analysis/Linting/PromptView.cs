using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Sections;
using Kohaku.Syntax;
using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>What rules see: one side of one prompt, its tags looked up.</summary>
/// <remarks>Valid only during a check: the linter fills the same view for the next prompt.</remarks>
public sealed class PromptView
{
    private TagView[] _tags = new TagView[32];
    private int _tagCount;
    private int _side;
    private int _prompt;
    private TokenBudget? _budget;

    /// <summary>The tree that the prompt stands in; indices of groups, fields, pieces and tokens are those of its tables.</summary>
    public SyntaxTree Tree { get; private set; } = null!;

    /// <summary>The configuration that holds here.</summary>
    public Settings Settings { get; private set; } = null!;

    /// <summary>The tag lists.</summary>
    public TagLookup Lookup { get; private set; } = null!;

    /// <summary>The model.</summary>
    public Profile Profile => Settings.Profile;

    /// <summary>Networks and tokens: what rules of the budget and of networks need.</summary>
    public LintServices Services { get; private set; } = null!;

    /// <summary>How the side fills chunks; null where no tag can be divided and the limit is surely kept, or nobody counts tokens. For the positive side.</summary>
    public TokenBudget? Chunks => _budget is { } budget && budget.IsLong(this) ? budget : null;

    /// <summary>Whether this is the negative side.</summary>
    public bool IsNegative => Side.IsNegative;

    /// <summary>The other side: the negative one of a positive, where there is one.</summary>
    public PromptView? Other { get; private set; }

    /// <summary>The prompt.</summary>
    public ref readonly PromptNode Prompt => ref Tree.Prompts[_prompt];

    /// <summary>The side.</summary>
    public ref readonly SideNode Side => ref Tree.Sides[_side];

    /// <summary>The whole text, in which all spans are.</summary>
    public ReadOnlySpan<char> Text => Tree.Text;

    /// <summary>All tags of the side, in the order of the text.</summary>
    public ReadOnlySpan<TagView> Tags => _tags.AsSpan(0, _tagCount);

    /// <summary>The traits of all tags together, and of phrases that brackets cut: a rule whose trait is missing here need not look.</summary>
    public TagTraits Traits { get; private set; }

    /// <summary>A table to remember tags in during one check.</summary>
    internal TagTable Seen { get; } = new();

    /// <summary>Sorts the side's sections.</summary>
    internal SectionSorter Sorter => field ??= new SectionSorter();

    /// <summary>The side's tokens.</summary>
    public ReadOnlySpan<Token> Tokens => Slice(Tree.Tokens, Side.Tokens);

    /// <summary>The side's fields. A piece's or tag's <c>Field</c> is an index into <see cref="SyntaxTree.Fields"/>.</summary>
    public ReadOnlySpan<FieldNode> Fields => Slice(Tree.Fields, Side.Fields);

    /// <summary>The side's brackets. A tag's <c>Group</c> is an index into <see cref="SyntaxTree.Groups"/>.</summary>
    public ReadOnlySpan<GroupNode> Groups => Slice(Tree.Groups, Side.Groups);

    /// <summary>The side's parts, divided by AND.</summary>
    public ReadOnlySpan<PartNode> Parts => Slice(Tree.Parts, Side.Parts);

    /// <summary>The side's networks, BREAKs, comments and stray brackets.</summary>
    public ReadOnlySpan<Mark> Marks => Slice(Tree.Marks, Side.Marks);

    /// <summary>The prompt's parameters, whichever side this is.</summary>
    public ReadOnlySpan<ParameterNode> Parameters => Slice(Tree.Parameters, Prompt.Parameters);

    /// <summary>The text of a span.</summary>
    public ReadOnlySpan<char> Slice(TextSpan span) => Tree.Slice(span);

    /// <summary>Finds a parameter by key, in any case.</summary>
    public bool TryParameter(ReadOnlySpan<char> key, out ParameterNode parameter)
    {
        foreach (var candidate in Parameters)
        {
            if (!Slice(candidate.Key).Equals(key, StringComparison.OrdinalIgnoreCase)) continue;
            parameter = candidate;
            return true;
        }

        parameter = default;
        return false;
    }

    internal void Fill(SyntaxTree tree, int prompt, int side, Settings settings, LintServices services, TagTexts texts, TokenBudget? budget = null)
    {
        _budget = budget;
        budget?.Forget();
        (Tree, _prompt, _side, Settings, Services, Lookup) = (tree, prompt, side, settings, services, services.Lookup);
        Other = null;
        _tagCount = 0;
        Traits = TagTraits.None;
        texts.Prefetch(tree, Side.Pieces);
        foreach (ref readonly var field in Fields) FieldTags.Add(this, field, texts);
    }

    internal void Pair(PromptView other)
    {
        Other = other;
        other.Other = this;
    }

    /// <summary>Whether any tag may interest a rule.</summary>
    public bool Has(TagTraits traits) => (Traits & traits) != 0;

    internal void Note(TagTraits traits) => Traits |= traits;

    internal ref TagView AddTag()
    {
        if (_tagCount == _tags.Length) Array.Resize(ref _tags, _tagCount * 2);
        ref var tag = ref _tags[_tagCount++];
        tag = default;
        return ref tag;
    }

    private static ReadOnlySpan<T> Slice<T>(ReadOnlySpan<T> table, RowRange rows) => table[rows.First..rows.End];
}
