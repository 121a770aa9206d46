using CsCheck;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Tests.Meaning;

public sealed class MeaningPropertyTests
{
    [Fact]
    public void Any_text_has_a_meaning() =>
        AnyText.Any.Sample(text =>
        {
            var a1111 = PromptMeaning.Of(text, Dialect.A1111, 7, isNegative: false, firstPassSteps: 3);
            var negative = PromptMeaning.Of(text, Dialect.A1111, 7, isNegative: true);
            var comfy = PromptMeaning.Of(text, Dialect.ComfyUI, 7);
            return a1111.Parts.Count > 0 && negative.Parts.Count == 1 && comfy.Parts.Count == 1
                && a1111.Parts.All(part => part.Schedule.Count > 0 && part.Schedule[^1].Until == 7);
        }, iter: 20_000);

    [Fact]
    public void Runs_follow_one_another_within_the_text() =>
        AnyText.Any.Sample(text =>
        {
            var reader = new AttentionReader();
            foreach (var dialect in Enum.GetValues<Dialect>())
            {
                reader.Read(text, dialect);
                AssertOrdered(reader.Runs, text.Length);
            }
        }, iter: 20_000);

    [Fact]
    public void Effective_weights_follow_one_another_within_the_prompt() =>
        AnyText.Any.Sample(text =>
        {
            var weights = new EffectiveWeights();
            foreach (var dialect in Enum.GetValues<Dialect>())
            {
                weights.Read(text, dialect);
                AssertOrdered(weights.Runs, text.Length);
            }
        }, iter: 20_000);

    [Fact]
    public void Weights_are_those_of_multiplying_whole_ranges() =>
        AnyText.Broken.Sample(text =>
        {
            var result = Attention.Of(text, Dialect.A1111);
            var expected = RangeMultiplication.Of(text);
            if (result.Error is null)
                Assert.Equal(expected, result.Runs);
            else
                Assert.Null(expected);
        }, iter: 20_000);

    [Fact]
    public void Deep_nesting_differs_from_multiplying_whole_ranges_by_rounding_only()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(depth => (depth % 3 == 0 ? "[" : "(") + depth))
            + string.Concat(Enumerable.Range(0, 300).Reverse().Select(depth => depth % 3 == 0 ? "]" : ")"));
        var expected = RangeMultiplication.Of(text)!;
        var actual = Attention.Of(text, Dialect.A1111).Runs;
        Assert.Equal(expected.Select(run => run.Text), actual.Select(run => run.Text));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(1, pair.Second.Weight / pair.First.Weight, 1e-12));
    }

    [Theory, MemberData(nameof(AnyText.Huge), MemberType = typeof(AnyText))]
    public void Long_and_deep_texts_are_read(string piece, int count)
    {
        var text = AnyText.Repeat(piece, count);
        Assert.Equal(4, PromptMeaning.Of(text, Dialect.A1111, 4).Parts[0].Schedule[^1].Until);
        Assert.NotEmpty(Attention.Of(text, Dialect.A1111).Runs);
        Assert.NotNull(Attention.Of(text, Dialect.ComfyUI).Runs);
        var weights = new EffectiveWeights();
        weights.Read(text, Dialect.A1111);
        AssertOrdered(weights.Runs, text.Length);
    }

    private static void AssertOrdered(ReadOnlySpan<AttentionRun> runs, int length)
    {
        var end = 0;
        foreach (var run in runs)
        {
            if (run.Start < end || run.Length < 0 || run.End > length)
                Assert.Fail($"{run} stands before {end} or behind {length}");
            end = run.End;
        }
    }
}
