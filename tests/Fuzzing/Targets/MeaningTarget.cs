using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Fuzzing.Targets;

/// <summary>What the generators make of any text: weights, schedules, tokens and chunks; the editor's counter counts what the generator gets.</summary>
internal sealed class MeaningTarget : Target
{
    private const int Steps = 20;

    private readonly ClipTokenizer _tokenizer = new(Shipped.Clip);
    private readonly SideCounter _counter = new(new ClipTokenizer(Shipped.Clip));
    private readonly EffectiveWeights _weights = new();
    private readonly TokenBuffer _tokens = new();

    /// <summary>The counter that is tested.</summary>
    public Func<SyntaxTree, int, SideTokens>? Count { get; init; }

    /// <inheritdoc/>
    public override string Name => "meaning";

    /// <inheritdoc/>
    public override int MaximumLength => 600;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => PromptTexts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice) => Options.Input(dice.Below(2), PromptTexts.Of(dice, 30));

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var (options, text) = Options.Read(input);
        var tree = SyntaxTree.Parse(text, options);
        for (var side = 0; side < tree.Sides.Length; side++) CheckSide(tree, side, options.Dialect);
        CheckTokens(text);
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => Options.Show(input);

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("prompts").SelectMany(text => new[] { 0, 1 }.Select(bits => (byte[])[(byte)bits, .. text]));

    private void CheckSide(SyntaxTree tree, int side, Dialect dialect)
    {
        var isNegative = tree.Sides[side].IsNegative;
        var span = tree.Sides[side].Span;
        var text = SideText.Of(tree, side);
        var meaning = PromptMeaning.Of(text, dialect, Steps, isNegative);
        Must.Hold(meaning.Parts.Count > 0, "a prompt has a part");
        foreach (var part in meaning.Parts)
        {
            Must.Hold(part.Schedule.Count > 0 && part.Schedule[^1].Until == Steps, "a schedule ends with the last step");
            for (var i = 1; i < part.Schedule.Count; i++) Must.Hold(part.Schedule[i].Until > part.Schedule[i - 1].Until, "the steps of a schedule grow");
        }

        if (dialect == Dialect.A1111) _ = PromptMeaning.Of(text, dialect, Steps, isNegative, firstPassSteps: 30);
        _weights.Read(text, dialect, isNegative);
        var end = 0;
        foreach (ref readonly var run in _weights.Runs)
        {
            Must.Hold(run.Start >= end && run.End <= text.Length, "weighted runs follow each other in the text");
            end = run.End;
        }

        var counted = Count is null ? _counter.Count(tree, side, Steps) : Count(tree, side);
        var expected = meaning.Parts.Select(part => Chunks.Of(part.Schedule[^1].Runs, dialect, _tokenizer)).Select(chunked => (chunked.Count, chunked.Chunks.Count));
        Must.Same(expected, counted.Parts.Select(part => (part.Count, part.Chunks.Count)), "the counter counts what the generator gets");
        foreach (var part in counted.Parts)
        {
            foreach (var offset in part.Offsets) Must.Hold(offset >= span.Start && offset <= span.End, "a token stands in its side");
            foreach (var chunk in part.Chunks) Must.Hold(chunk.End >= span.Start && chunk.End <= span.End, "a chunk ends in its side");
        }
    }

    private void CheckTokens(string text)
    {
        foreach (var cleaning in new[] { TextCleaning.Ftfy, TextCleaning.Canonical })
        {
            _tokens.Clear();
            _tokenizer.Encode(text, cleaning, _tokens);
            Must.Equal(_tokens.Count, _tokenizer.Count(text, cleaning), "as many tokens are counted as are made");
            var before = 0;
            foreach (var offset in _tokens.Offsets)
            {
                Must.Hold(offset >= before && offset <= text.Length, "tokens stand in the order of the text", () => $"{offset} behind {before} of {text.Length}, {cleaning}");
                before = offset;
            }
        }
    }
}
