using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class EditingDisabledTests : RuleTests
{
    [Fact]
    public void A_bar_outside_of_brackets_switches_editing_off() =>
        Check<EditingDisabled>("[|||]_|, [hat:ribbon:0.5]").FixedTo("\\|_\\|, [hat:ribbon:0.5]");

    [Fact]
    public void Without_editing_nothing_is_lost() => Check<EditingDisabled>("|_|, [smile], solo").IsClean();

    [Fact]
    public void Curly_brackets_make_no_options_without_dynamic_prompts() => Check<EditingDisabled>("{a[|||]b}, [c|d]").FixedTo("{a\\|b}, [c|d]");

    [Fact]
    public void A_last_backslash_does_the_same() => Check<EditingDisabled>("[a:b:3], c[|\\|]").FixedTo("[a:b:3], c");

    [Fact]
    public void An_escaped_bar_is_right() => Check<EditingDisabled>("\\|_\\|, [hat:ribbon:0.5]").IsClean();

    [Fact]
    public void Each_part_is_read_by_itself() => Check<EditingDisabled>("|_| AND [a|b]").IsClean();
}
