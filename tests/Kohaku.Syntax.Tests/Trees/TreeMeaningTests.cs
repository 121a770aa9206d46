using System.Text.RegularExpressions;
using CsCheck;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tests.Golden;

namespace Kohaku.Syntax.Tests.Trees;

/// <summary>The tree's weights are those of the generator.</summary>
public sealed partial class TreeMeaningTests
{
    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", ":", "|", ",", "\\", "\\(", "\\]", "<lora:a:1>", "<", ">", " BREAK ", " AND ", ":1.2)", ":.5]", ":3]", "[a:b:0.5]", "[a|b]", ":1.2.3)", ": 1.1 )",
        "long hair", "smile", " ", "\n", "(a:1.3)", "((b))", "a ", ":3", ";)", ">:(", "|_|", "x", "1", ".5",
    ];

    private static readonly Gen<string> Prompts = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 24].Select(string.Concat);

    public static TheoryData<string> A1111 { get; } = GoldenFile.Texts("prompts-a1111.json");

    public static TheoryData<string> Comfy { get; } = GoldenFile.Texts("prompts-comfy.json");

    [Theory, MemberData(nameof(A1111))]
    public void Weights_of_the_golden_prompts_are_those_of_A1111(string text) => Check(text, Dialect.A1111, isNegative: false);

    [Theory, MemberData(nameof(Comfy))]
    public void Weights_of_the_golden_prompts_are_those_of_ComfyUI(string text) => Check(text, Dialect.ComfyUI, isNegative: false);

    [Theory]
    [InlineData(Dialect.A1111, false)]
    [InlineData(Dialect.A1111, true)]
    [InlineData(Dialect.ComfyUI, false)]
    public void Weights_of_any_prompt_are_the_generators(Dialect dialect, bool isNegative) =>
        Prompts.Where(IsReadable).Sample(text => Check(text, dialect, isNegative), iter: 5_000);

    /// <summary>The tree differs where taking a network out joins what stood on both sides: an escape, or a number with its colon or bracket.</summary>
    private static bool IsReadable(string text) => !Joined().IsMatch(text);

    [GeneratedRegex(@"[\\:+-]\s*<|[\d.](<[^>]*>)+[\d.]")]
    private static partial Regex Joined();

    /// <summary>A1111 has taken the networks out when it looks for the weight.</summary>
    [Theory]
    [InlineData("(smile:1.2<lora:x:1>)", 1.2)]
    [InlineData("(smile: 1.2 <lora:x:1> <lora:y:1> )", 1.2)]
    [InlineData("(smile:1.2<lora:x:1>, a)", 1.1)]
    [InlineData("(smile:1.2<lora:x)", 1.1)]
    [InlineData("(smile:1.2 # <lora:x:1>)", 1.1)]
    public void A_weight_may_stand_before_networks(string text, double weight)
    {
        var tree = SyntaxTree.Parse(text);
        Assert.Equal(weight, tree.Pieces[0].Weight, 12);
        Assert.Equal(text, tree.ToString());
    }

    [Theory]
    [InlineData("(:1<a:b>")]
    [InlineData(":1<a:")]
    public void Weights_before_networks_take_linear_time(string piece)
    {
        var text = "(" + string.Concat(Enumerable.Repeat(piece, 200_000));
        Assert.Equal(text, SyntaxTree.Parse(text).ToString());
    }

    private static void Check(string text, Dialect dialect, bool isNegative)
    {
        var options = new ParseOptions(isNegative ? TextForm.Negative : TextForm.Positive, dialect, Comments: false);
        var tree = SyntaxTree.Parse(text, options);
        var weights = new EffectiveWeights();
        weights.Read(text, dialect, isNegative);
        foreach (var piece in tree.Pieces)
        {
            for (var at = piece.Span.Start; at < piece.Span.End; at++)
            {
                // A part's own weight is text to the tree; a backslash and a blank may be dropped.
                if (weights.At(at) is not { } weight || char.IsWhiteSpace(text[at])) continue;
                Assert.True(Math.Abs(weight - piece.Weight) <= 1e-9 * Math.Max(1, Math.Abs(weight)), $"{text}: `{tree.Slice(piece.Span)}` has {piece.Weight}, but {weight} at {at}");
            }
        }
    }
}
