using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Syntax.Dynamic;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Dynamic prompts with wildcards that hold each other and themselves: what is read lies in the text, and an expansion ends, with the same text for the same seed.</summary>
internal sealed class DynamicTarget : Target
{
    /// <summary>An expansion of more is given up; the last piece may go beyond, and may be a variable's whole text.</summary>
    private const int MostText = 1 << 22;

    private static readonly string[] s_pieces =
    [
        "{", "}", "|", "$$", "::", "{a|b}", "{2$$", "{1-3$$ and $$", "{0.5::", "{~", "{@", "{!", "${", "${x=", "${x=!", "${x?=", "${x}", "${y:", "}", "%{", "$$...}", "…", "__", "__a__", "__b__", "__c__", "__*__", "__a(x=b)__", "__${x}__", "__~a__", "__@b__",
        "(", ")", "a", "b", "x", ", ", " ", "#", "\n", "\\", "\\{", "<lora:a__b:1>", "[a|b]", "[a:b:.25]", "0", "-", "1", "9999999999", ".", "$", "%", "100%",
    ];

    /// <summary>What is tested.</summary>
    public Func<string, ulong, WildcardLines, DynamicExpansion> Expand { get; init; } = static (text, seed, wildcards) => DynamicPrompt.Expand(text, seed, wildcards);

    /// <inheritdoc/>
    public override string Name => "dynamic";

    /// <inheritdoc/>
    public override int MaximumLength => 400;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words { get; } = [.. s_pieces.Select(piece => WildText.Bytes(piece))];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var text = string.Concat(Enumerable.Range(0, dice.Length(24)).Select(_ => dice.OneIn(12) ? PromptTexts.Piece(dice) : dice.Pick(s_pieces)));
        return Options.Input(dice.Below(256), text);
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var (_, text) = Options.Read(input);
        var seed = input.Length > 0 ? input[0] : 0ul;
        var prompt = DynamicPrompt.Parse(text);
        foreach (ref readonly var node in prompt.Nodes)
        {
            Must.Lie(node.Span, text.Length, "a piece lies in the text");
            Must.Lie(node.Name, text.Length, "a name lies in the text");
            Must.Lie(node.Separator, text.Length, "a separator lies in the text");
            Must.Hold(node.End <= prompt.Nodes.Length, "a piece ends among the pieces");
        }

        foreach (var error in prompt.Errors) Must.Lie(error.Span, text.Length, "an error lies in the text");

        // The first wildcard holds the prompt itself, the second the first, the third nothing harmful.
        WildcardLines wildcards = name => name switch
        {
            "a" => [text, "plain", "__b__"],
            "b" => ["{__a__|__c__}", "0.5::__a__", text],
            "c" => ["red", "green"],
            "*" => ["x"],
            _ => null,
        };
        var expansion = Expand(text, seed, wildcards);
        Must.Hold(expansion.Text.Length <= (2 * MostText) + ((text.Length + 64) * 64), "an expansion ends", () => $"{expansion.Text.Length} units");
        Must.Equal(expansion.Text, Expand(text, seed, wildcards).Text, "the same seed gives the same text");
        if (prompt.Errors.Count > 0) Must.Equal(text, expansion.Text, "a prompt that cannot be read stays as it is");
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => Options.Show(input);

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("dynamic").Select(text => (byte[])[1, .. text]);
}
