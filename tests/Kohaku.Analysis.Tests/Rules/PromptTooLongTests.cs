using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class PromptTooLongTests : RuleTests
{
    private static readonly string Words = string.Concat(Enumerable.Repeat("word, ", 112));

    [Fact]
    public void More_tokens_than_the_limit_are_flagged() =>
        Check<PromptTooLong>(Words + "solo, [|smile|], blush").Is(Severity.Info).Says("the prompt has 229 tokens, more than 225");

    [Fact]
    public void The_limit_itself_is_right() => Check<PromptTooLong>(Words + "solo").IsClean();

    [Fact]
    public void The_longest_part_counts() => Check<PromptTooLong>(Words + "solo AND " + Words + "solo").IsClean();

    [Fact]
    public void Only_one_of_two_texts_of_an_editing_counts() => Check<PromptTooLong>($"[{Words}a:{Words}b:0.5]").IsClean();

    [Fact]
    public void BREAK_fills_a_chunk() => Check<PromptTooLong>("a BREAK b BREAK c BREAK [|d|]").Is(Severity.Info);
}
