using System.Runtime.InteropServices;
using System.Text;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Analysis.Linting;

/// <summary>How a prompt fills chunks of 75 tokens. One thread at a time.</summary>
/// <remarks>
/// Of most prompts there is nothing to tell: the tags' own counts, kept with them, say so without tokenizing the prompt. Only others are laid
/// out exactly.
/// </remarks>
public sealed class TokenBudget
{
    /// <summary>Less by one than A1111 looks back: a comma so near always takes the border.</summary>
    private const int LookBack = 19;

    private readonly Func<ClipTable> _vocabulary;
    private readonly SideRuns _runs = new();
    private readonly AttentionReader _comfy = new();
    private readonly TokenBuffer _counted = new();
    private readonly List<ChunkBorder> _borders = [];
    private ClipTokenizer? _tokenizer;
    private ChunkLayout? _layout;
    private bool? _isLong;

    internal TokenBudget(Func<ClipTable> vocabulary) => _vocabulary = vocabulary;

    /// <summary>Tokens as the generator counts them: of the longest part, where AND divides the prompt.</summary>
    public int Count { get; private set; }

    /// <summary>Where chunks begin, but the first of each part.</summary>
    public ReadOnlySpan<ChunkBorder> Borders => CollectionsMarshal.AsSpan(_borders);

    internal void Forget() => _isLong = null;

    /// <summary>Whether there may be something to tell of a side; if so, count and borders are its own.</summary>
    internal bool IsLong(PromptView prompt) => _isLong ??= Read(prompt);

    private bool Read(PromptView prompt)
    {
        if (prompt.Tree.Options.DynamicPrompts || !MayBeLong(prompt)) return false;
        _layout ??= new ChunkLayout(Tokenizer);
        _borders.Clear();
        Count = 0;
        if (prompt.Tree.Options.Dialect == Dialect.ComfyUI) ReadComfy(prompt, _layout);
        else ReadParts(prompt, _layout);
        return _borders.Count > 0 || Count > prompt.Settings.TokenLimit;
    }

    private ClipTokenizer Tokenizer => _tokenizer ??= new ClipTokenizer(_vocabulary());

    /// <summary>
    /// Whether the exact layout may hold anything to tell of. In A1111 a border falls behind a comma where one is near, so that no tag is divided while
    /// commas stand close, and a chunk loses at most the look-back: then only many tokens can matter.
    /// </summary>
    private bool MayBeLong(PromptView prompt)
    {
        foreach (ref readonly var mark in prompt.Marks)
            if (mark.Kind == MarkKind.Break) return true;
        var text = prompt.Slice(prompt.Side.Span);
        if (text.Length <= int.Min(TokenChunk.Capacity, prompt.Settings.TokenLimit) && Ascii.IsValid(text)) return false;
        var most = 0;
        var sinceComma = 0;
        var longest = 0;
        var field = prompt.Side.Fields.First;
        foreach (ref readonly var tag in prompt.Tags)
        {
            for (; field < tag.Field; field++) Separate(prompt, field, ref most, ref sinceComma);
            if (tag.Text.TokenCount < 0) Measure(tag.Text);
            var hasComma = tag.Span.End < prompt.Text.Length && prompt.Text[tag.Span.End] == ',';
            var count = hasComma ? tag.Text.TokenCountWithComma : tag.Text.TokenCount;
            most += count;
            sinceComma += count;
            longest = int.Max(longest, sinceComma);
            if (!hasComma) continue;
            if (tag.Text.KeepsComma) sinceComma = 0;
            field = tag.Field + 1;
        }

        most += prompt.Side.Fields.End - field;
        var isComfy = prompt.Tree.Options.Dialect == Dialect.ComfyUI;
        if (isComfy || longest > LookBack) return most > TokenChunk.Capacity;
        return most + most / (TokenChunk.Capacity - LookBack) * LookBack > prompt.Settings.TokenLimit;
    }

    private static void Separate(PromptView prompt, int field, ref int most, ref int sinceComma)
    {
        most++;
        var separator = prompt.Tree.Fields[field].Separator;
        if (separator >= 0 && prompt.Tree.Tokens[separator].Kind == TokenKind.Comma) sinceComma = 0;
    }

    private void Measure(TagText tag)
    {
        tag.TokenCount = Tokenizer.Count(tag.Text);
        _counted.Clear();
        Tokenizer.Encode(tag.Text + ",", TextCleaning.Ftfy, _counted);
        tag.TokenCountWithComma = _counted.Count;
        tag.KeepsComma = _counted.Count > 0 && _counted.Ids[^1] == ClipTokenizer.Comma;
    }

    private void ReadParts(PromptView prompt, ChunkLayout layout)
    {
        _runs.Begin();
        foreach (ref readonly var part in prompt.Parts)
        {
            _runs.Read(prompt, part);
            layout.Read(prompt.Text, _runs.Runs, Dialect.A1111);
            Count = int.Max(Count, layout.Count);
            _borders.AddRange(layout.Borders);
        }
    }

    private void ReadComfy(PromptView prompt, ChunkLayout layout)
    {
        var side = prompt.Side.Span;
        var text = prompt.Slice(side);
        _comfy.Read(text, Dialect.ComfyUI);
        layout.Read(text, _comfy.Runs, Dialect.ComfyUI);
        Count = layout.Count;
        foreach (var border in layout.Borders) _borders.Add(border with { Offset = border.Offset + side.Start });
    }
}
