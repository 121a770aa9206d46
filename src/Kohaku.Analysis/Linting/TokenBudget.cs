using System.Runtime.InteropServices;
using System.Text;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Analysis.Linting;

/// <summary>How a prompt fills chunks of 75 tokens. One thread at a time.</summary>
/// <remarks>
/// Most prompts fit one chunk: the tags' own counts, kept with them, say so without tokenizing the prompt. Only where their sum is more
/// than a chunk is the prompt laid out exactly.
/// </remarks>
public sealed class TokenBudget
{
    private readonly Func<ClipTable> _vocabulary;
    private readonly SideRuns _runs = new();
    private readonly AttentionReader _comfy = new();
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

    /// <summary>Whether a side takes more than one chunk; if so, count and borders are its own.</summary>
    internal bool IsLong(PromptView prompt) => _isLong ??= Read(prompt);

    private bool Read(PromptView prompt)
    {
        if (prompt.Tree.Options.DynamicPrompts || !MayBeLong(prompt)) return false;
        _layout ??= new ChunkLayout(Tokenizer);
        _borders.Clear();
        Count = 0;
        if (prompt.Tree.Options.Dialect == Dialect.ComfyUI) ReadComfy(prompt, _layout);
        else ReadParts(prompt, _layout);
        return _borders.Count > 0;
    }

    private ClipTokenizer Tokenizer => _tokenizer ??= new ClipTokenizer(_vocabulary());

    private bool MayBeLong(PromptView prompt)
    {
        var text = prompt.Slice(prompt.Side.Span);
        foreach (ref readonly var mark in prompt.Marks)
            if (mark.Kind == MarkKind.Break) return true;
        if (text.Length <= TokenChunk.Capacity && Ascii.IsValid(text)) return false;
        var most = prompt.Fields.Length;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (tag.Text.TokenCount < 0) tag.Text.TokenCount = Tokenizer.Count(tag.Text.Text);
            most += tag.Text.TokenCount;
            if (most > TokenChunk.Capacity) return true;
        }

        return false;
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
