using Kohaku.Analysis.Formatting;
using Kohaku.Analysis.Linting;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Syntax;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Fuzzing.Targets;

/// <summary>The formatter: meaning is kept, formatting twice is formatting once, a range keeps what is outside of it.</summary>
internal sealed class FormatTarget : Target
{
    private readonly ClipTokenizer _tokenizer = new(Shipped.Clip);
    private readonly Dictionary<(Dialect, bool, int), (Formatter Formatter, PromptReader Reader)> _formatters = [];

    /// <summary>What is tested.</summary>
    public Func<Formatter, string, ParseOptions, TextSpan?, string> Format { get; init; } = static (formatter, text, options, range) => formatter.Format(text, options, range);

    /// <inheritdoc/>
    public override string Name => "format";

    /// <inheritdoc/>
    public override int MaximumLength => 500;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => PromptTexts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice) => Options.Input(dice.Below(256), PromptTexts.Of(dice, 24));

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var (options, text) = Options.Read(input, libraryOnly: true);
        var (formatter, reader) = FormatterOf(options, input.Length > 0 ? (input[0] >> 2) & 3 : 0);
        var before = SyntaxTree.Parse(text, options);
        var refused = Refused.Of(before, reader);

        var formatted = Format(formatter, text, options, null);
        var after = SyntaxTree.Parse(formatted, options);
        CheckMeaning(before, after);
        Refused.MustStay(refused, formatted);
        var twice = Format(formatter, formatted, options, null);
        Must.Hold(twice == formatted, "formatting twice is formatting once", () => $"{Shown.Of(formatted)} became {Shown.Of(twice)}");

        if (text.Length < 2) return;
        var start = input[0] * text.Length / 512;
        var range = new TextSpan(start, (text.Length - start) / 2);
        var partly = Format(formatter, text, options, range);
        Must.Hold(partly.AsSpan().StartsWith(text.AsSpan(0, range.Start)) && partly.AsSpan().EndsWith(text.AsSpan(range.End)), "a range's formatting keeps what is outside of it", () => Shown.Of(partly));
        CheckMeaning(before, SyntaxTree.Parse(partly, options));
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => Options.Show(input);

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("prompts").SelectMany(text => new[] { 0, 1, 4, 8 }.Select(bits => (byte[])[(byte)bits, .. text]));

    private void CheckMeaning(SyntaxTree before, SyntaxTree after)
    {
        Must.Equal(before.Prompts.Length, after.Prompts.Length, "formatting keeps the number of prompts");
        Must.Equal(before.Sides.Length, after.Sides.Length, "formatting keeps the sides");
        Must.Same(Pairs(before), Pairs(after), "formatting keeps the parameters");
        Must.Same(Comments(before), Comments(after), "formatting keeps the comments");
        for (var side = 0; side < before.Sides.Length; side++)
        {
            var meant = SideMeaning.Of(before, side, _tokenizer);
            Must.Hold(meant.Equals(SideMeaning.Of(after, side, _tokenizer)), "formatting keeps the meaning", () => Shown.Of(after.Text.ToString()));
        }
    }

    private static List<string> Pairs(SyntaxTree tree)
    {
        var pairs = new List<string>();

        // Whoever takes a value takes it without outer blanks.
        foreach (ref readonly var pair in tree.Parameters) pairs.Add($"{tree.Slice(pair.Key)}: {tree.Slice(pair.Value).Trim()}");
        return pairs;
    }

    private static List<string> Comments(SyntaxTree tree)
    {
        var comments = new List<string>();
        foreach (ref readonly var token in tree.Tokens)
            if (token.Kind == TokenKind.Comment) comments.Add(tree.Slice(token.Span).TrimEnd().ToString());
        return comments;
    }

    private (Formatter, PromptReader) FormatterOf(ParseOptions options, int format)
    {
        var key = (options.Dialect, options.DynamicPrompts, format);
        if (_formatters.TryGetValue(key, out var known)) return known;

        var settings = Shipped.Settings(options, format);
        return _formatters[key] = (new Formatter(settings, Shipped.Services, new ClipTokenizer(Shipped.Clip)), new PromptReader(settings, Shipped.Services));
    }
}
