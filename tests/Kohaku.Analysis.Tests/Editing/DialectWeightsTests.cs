using CsCheck;
using Kohaku.Analysis.Editing;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Analysis.Tests.Editing;

public sealed class DialectWeightsTests
{
    [Theory]
    [InlineData("1girl, (smile:1.2), (solo)", "1girl, (smile:1.2), (solo)")]
    [InlineData("((smile))", "(smile:1.21)")]
    [InlineData("((smile:1.2))", "(smile:1.32)")]
    [InlineData("(a, (b:1.2), c:1.1)", "(a, (b:1.32), c:1.1)")]
    [InlineData("[a], b", "(a:0.90909091), b")]
    [InlineData("(a:1), ((b:0.5):2)", "a, b")]
    [InlineData("a\\[b\\], \\\\m/", "a[b], \\m/")]
    [InlineData("miku \\(vocaloid\\)", "miku \\(vocaloid\\)")]
    [InlineData("(a, b", "(a, b:1.1)")]
    [InlineData("a), (b:1.2)", "a\\), (b:1.2)")]
    [InlineData("(<lora:x:1> a:1.2) BREAK [b:c:0.5]", "(<lora:x:1> a:1.2) BREAK [b:c:0.5]")]
    [InlineData("((a BREAK b))", "(a BREAK b:1.21)")]
    [InlineData("((a)) # [b]\nc", "(a:1.21) # [b]\nc")]
    [InlineData("((a))\nNegative prompt: ((b))\nSteps: 20, Seed: 1", "(a:1.21)\nNegative prompt: (b:1.21)\nSteps: 20, Seed: 1")]
    [InlineData("(a:1.2.3), ((b))", "(a:1.2.3), ((b))")]
    public void A1111_becomes_ComfyUI(string before, string after) => Assert.Equal(after, Edited.Text(PromptAction.ToComfyUI, before, default));

    [Theory]
    [InlineData("(smile:1.2), (solo)", "(smile:1.2), (solo)")]
    [InlineData("((a:1.2))", "(a:1.2)")]
    [InlineData("((a:1.2) b:1.3)", "((a:0.923077) b:1.3)")]
    [InlineData("(a, (b:1.32), c:1.1)", "(a, (b:1.2), c:1.1)")]
    [InlineData("[a], a\\b", "\\[a\\], a\\\\b")]
    [InlineData("(a, b", "\\(a, b")]
    [InlineData("((a:1.2) b:0)", "(a:1.2) (b:0)")]
    [InlineData("(a:1e1)", "(a:10)")]
    public void ComfyUI_becomes_A1111(string before, string after)
    {
        foreach (var settings in new[] { Shipped.Delta, Edited.Comfy }) Assert.Equal(after, Edited.Text(PromptAction.ToA1111, before, default, settings));
    }

    [Fact]
    public void Only_the_prompts_of_the_selection_change() =>
        Assert.Equal("((a))\n---\n(a:1.21)\n---\n((a))", Edited.Text(PromptAction.ToComfyUI, "((a))\n---\n((a))\n---\n((a))", new TextSpan(11, 0)));

    [Fact]
    public void Every_character_keeps_its_weight() => EditTexts.Nested.Sample(
        text =>
        {
            var comfy = Edited.Text(PromptAction.ToComfyUI, text, new TextSpan(0, text.Length));
            if (IsEmphasis(text)) AreEqual(Said(text, Dialect.A1111), Said(comfy, Dialect.ComfyUI));
            var a1111 = Edited.Text(PromptAction.ToA1111, text, new TextSpan(0, text.Length));
            if (a1111 != text || IsEmphasis(text)) AreEqual(Said(text, Dialect.ComfyUI), Said(a1111, Dialect.A1111));
        },
        iter: 3_000);

    [Fact]
    public void Any_text_keeps_its_weights_or_stays() => EditTexts.Any.Sample(
        text =>
        {
            var comfy = Edited.Text(PromptAction.ToComfyUI, text, new TextSpan(0, text.Length));
            if (comfy != text && IsEmphasis(text)) AreEqual(Said(text, Dialect.A1111), Said(comfy, Dialect.ComfyUI));
        },
        iter: 5_000);

    /// <summary>Whether A1111 reads a text as one prompt of emphasis alone.</summary>
    private static bool IsEmphasis(string text)
    {
        var tree = SyntaxTree.Parse(text);
        return tree is { Marks.IsEmpty: true, Sides.Length: 1, Parameters.Length: 0 } && tree.Parts[0].WeightSpan.Length == 0
            && tree.Groups.ToArray().All(group => group.Kind is GroupKind.Round or GroupKind.Square);
    }

    // To a part in a million: A1111 multiplies in the order in which brackets close, which moves the last bit.
    private static void AreEqual(List<(char Character, double Weight)> before, List<(char Character, double Weight)> after)
    {
        Assert.Equal(string.Concat(before.Select(item => item.Character)), string.Concat(after.Select(item => item.Character)));
        foreach (var (old, now) in before.Zip(after)) Assert.InRange(now.Weight - old.Weight, -1e-6 * Math.Max(1, Math.Abs(old.Weight)), 1e-6 * Math.Max(1, Math.Abs(old.Weight)));
    }

    // The reader that the weights are proven with goes by places; this one goes by texts.
    private static List<(char Character, double Weight)> Said(string text, Dialect dialect) =>
        [.. Attention.Of(text, dialect).Runs.SelectMany(run => run.Text.Where(c => !char.IsWhiteSpace(c)).Select(c => (c, run.Weight)))];
}
