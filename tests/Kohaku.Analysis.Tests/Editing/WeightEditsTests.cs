using CsCheck;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Editing;
using Kohaku.Analysis.Fixes;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Editing;

public sealed class WeightEditsTests
{
    [Theory]
    [InlineData("long ha‸ir, smile", "(long ha‸ir:1.1), smile")]
    [InlineData("‸long hair", "(‸long hair:1.1)")]
    [InlineData("long hair‸", "(long hair‸:1.1)")]
    [InlineData("(long h‸air:1.1)", "(long h‸air:1.2)")]
    [InlineData("(long hair:1.‸1)", "(long hair:1.‸2)")]
    [InlineData("(long hair:1.1)‸", "(long hair:1.2)‸")]
    [InlineData("‸(long hair:1.1)", "‸(long hair:1.2)")]
    [InlineData("(lo‸ng hair)", "(lo‸ng hair:1.2)")]
    [InlineData("((lo‸ng hair))", "(lo‸ng hair:1.3)")]
    [InlineData("[lo‸ng hair]", "lo‸ng hair")]
    [InlineData("(long hair, sm‸ile:1.2)", "(long hair, (sm‸ile:1.1):1.2)")]
    [InlineData("(long hair, smile:1.‸2)", "(long hair, smile:1.‸3)")]
    [InlineData("(long hair:1.2345‸)", "(long hair:1.3345‸)")]
    [InlineData("hatsune miku (vocal‸oid)", "(hatsune miku \\(vocal‸oid\\):1.1)")]
    [InlineData("hatsune miku \\(vocaloid\\)‸", "(hatsune miku \\(vocaloid\\)‸:1.1)")]
    [InlineData("long (ha‸ir:1.2), smile", "(long (ha‸ir:1.2):1.1), smile")]
    [InlineData("<lora:a:0.‸8>", "<lora:a:0.‸85>")]
    [InlineData("<lora:a‸>", "<lora:a‸:1.05>")]
    [InlineData("<lora:a:0.8:0.6‸>", "<lora:a:0.85:0.65‸>")]
    [InlineData("<lora:a:te=0.5‸>", "<lora:a:te=0.5‸>")]
    [InlineData("a\nNegative prompt: bad ha‸nds", "a\nNegative prompt: (bad ha‸nds:1.1)")]
    [InlineData("a # sm‸ile", "a # sm‸ile")]
    [InlineData("‸", "‸")]
    [InlineData("a\nSteps: 2‸0, Seed: 1", "a\nSteps: 2‸0, Seed: 1")]
    [InlineData("(a:1.2.3‸)", "(a:1.2.3‸)")]
    [InlineData("a, :3‸", "a, (:3‸:1.1)")]
    [InlineData("smile\r\n---\r\nlong ha‸ir", "smile\r\n---\r\n(long ha‸ir:1.1)")]
    public void Raising_takes_the_tag_under_the_cursor(string before, string after) => Assert.Equal(after, Edited.By(PromptAction.RaiseWeight, before));

    [Theory]
    [InlineData("‸long hair, smile‸, solo", "(‸long hair, smile‸:1.1), solo")]
    [InlineData("(‸long hair, smile‸:1.1), solo", "(‸long hair, smile‸:1.2), solo")]
    [InlineData("lo‸ng hair, sm‸ile", "(lo‸ng hair, sm‸ile:1.1)")]
    [InlineData("‸(long hair:1.2), smile‸", "‸(long hair:1.3), (smile‸:1.1)")]
    [InlineData("‸(long hair, smile:1.2), solo‸", "‸(long hair, smile:1.3), (solo‸:1.1)")]
    [InlineData("‸smile BREAK solo‸", "(‸smile:1.1) BREAK (solo‸:1.1)")]
    [InlineData("‸smile, <lora:a:1>, solo‸", "(‸smile:1.1), <lora:a:1.05>, (solo‸:1.1)")]
    [InlineData("‸smile\n---\nsolo‸", "(‸smile:1.1)\n---\n(solo‸:1.1)")]
    [InlineData("‸smile\nNegative prompt: bad‸", "(‸smile:1.1)\nNegative prompt: (bad‸:1.1)")]
    public void Raising_takes_the_selected_tags(string before, string after) => Assert.Equal(after, Edited.By(PromptAction.RaiseWeight, before));

    [Theory]
    [InlineData("(smi‸le:1.1)", "smi‸le")]
    [InlineData("(smi‸le)", "smi‸le")]
    [InlineData("smi‸le", "(smi‸le:0.9)")]
    [InlineData("((smi‸le))", "(smi‸le:1.1)")]
    [InlineData("(smi‸le:0.05)", "(smi‸le:0)")]
    [InlineData("(smi‸le:0)", "(smi‸le:0)")]
    [InlineData("(‸long hair, smile‸:1.1), solo", "‸long hair, smile‸, solo")]
    [InlineData("<lora:a:0‸>", "<lora:a:-0.05‸>")]
    [InlineData("1girl, (:3‸:1.1)", "1girl, (:3‸:1)")]
    [InlineData("(:3‸:1.1), 1girl", ":3‸, 1girl")]
    public void Lowering_takes_brackets_away_at_one(string before, string after) => Assert.Equal(after, Edited.By(PromptAction.LowerWeight, before));

    [Theory]
    [InlineData("((smi‸le:1.3))", "smi‸le")]
    [InlineData("[smi‸le], a", "smi‸le, a")]
    [InlineData("(a, smi‸le:1.3)", "(a, smi‸le:1.3)")]
    [InlineData("(a, smile:1.‸3)", "a, smile‸")]
    [InlineData("‸(a:1.2), (b:1.3)‸", "‸a, b‸")]
    public void Removing_takes_all_own_brackets_away(string before, string after) => Assert.Equal(after, Edited.By(PromptAction.RemoveWeight, before));

    [Theory]
    [InlineData("smi‸le", "(smi‸le:1.1)")]
    [InlineData("(smi‸le:1.2)", "((smi‸le:1.2):1.1)")]
    [InlineData("‸smile, solo‸, a", "(‸smile, solo‸:1.1), a")]
    public void Wrapping_adds_a_bracket(string before, string after) => Assert.Equal(after, Edited.By(PromptAction.WrapSelection, before));

    [Theory]
    [InlineData("(a, smi‸le:1.2)", "(a, (smi‸le:1.3):1.2)")]
    [InlineData("(a, (smi‸le:1.3):1.2)", "(a, (smi‸le:1.4):1.2)")]
    [InlineData("((smi‸le:1.2))", "(smi‸le:1.3)")]
    [InlineData("(smi‸le)", "(smi‸le:1.2)")]
    public void In_ComfyUI_the_nearest_number_is_stepped(string before, string after) => Assert.Equal(after, Edited.By(PromptAction.RaiseWeight, before, Edited.Comfy));

    [Theory]
    [InlineData("(a, (smi‸le:1.3):1.2)", "(a, smi‸le:1.2)")]
    [InlineData("(a, smi‸le:1.1)", "(a, (smi‸le:1):1.1)")]
    public void In_ComfyUI_the_outer_number_takes_brackets_away(string before, string after) => Assert.Equal(after, Edited.By(PromptAction.LowerWeight, before, Edited.Comfy));

    [Theory]
    [InlineData("hatsune miku (voc‸aloid)", "hatsune miku \\(voc‸aloid\\)")]
    [InlineData("‸a (b) [c]‸ (d)", "‸a \\(b\\) \\[c\\]‸ (d)")]
    [InlineData("‸a \\(b), <lora:(x):1>, # (c)‸", "‸a \\(b\\), <lora:(x):1>, # (c)‸")]
    [InlineData("foo (b‸ar:1.2)", "foo \\(b‸ar:1.2\\)")]
    [InlineData("smi‸le", "smi‸le")]
    public void Escaping_takes_the_brackets_of_the_selection_or_the_tag(string before, string after) => Assert.Equal(after, Edited.By(PromptAction.EscapeBrackets, before));

    [Theory]
    [InlineData("miku (vocaloid)", "miku \\(vocaloid\\)")]
    [InlineData("miku \\(vocaloid\\)", "miku \\(vocaloid\\)")]
    [InlineData("\\m/", "\\\\m/")]
    public void A_name_is_escaped_once(string name, string escaped)
    {
        Assert.Equal(escaped, BracketEdits.Escape(name, Dialect.A1111));
        Assert.Equal(escaped, BracketEdits.Escape(escaped, Dialect.A1111));
    }

    [Fact]
    public void A_refused_prompt_is_left_alone()
    {
        const string text = "loli, nude\n---\nsmile, pizza box";
        foreach (var action in Enum.GetValues<PromptAction>().Where(action => action != PromptAction.FixAll))
            Assert.Empty(Edited.Edits(action, "loli, (nude:1.2), masterpiece, 1girl BREAK a", new TextSpan(0, 20)));
        Assert.Equal("loli, nude\n---\n(smile, pizza box:1.1)", Edited.Text(PromptAction.RaiseWeight, text, new TextSpan(0, text.Length)));
    }

    [Fact]
    public void All_weak_tags_of_the_prompt_are_emphasised() =>
        Assert.Equal("1girl, (pizza box:1.5), (card in mouth:1.5)‸", Edited.By(PromptAction.EmphasizeWeakTags, "1girl, pizza box, (card in mouth:1.2)‸"));

    [Fact]
    public void Sections_are_sorted() => Assert.Equal("1girl, hatsune miku, vocaloid, smile", Edited.Text(PromptAction.SortSections, "smile, vocaloid, hatsune miku, 1girl", default));

    [Theory]
    [InlineData("a‸ BREAK b", "a‸\nBREAK\nb")]
    [InlineData("a‸ BREAK, b\r\nc", "a‸\r\nBREAK,\r\nb\r\nc")]
    [InlineData("(a‸ BREAK b:1.2)", "(a‸:1.2)\nBREAK\n(b:1.2)")]
    [InlineData("((a‸ BREAK b:1.2) BREAK c)", "((a‸:1.2))\nBREAK\n((b:1.2))\nBREAK\n(c)")]
    [InlineData("a‸\nBREAK\nb", "a‸\nBREAK\nb")]
    [InlineData("a‸ BREAK # c\nb", "a‸\nBREAK # c\nb")]
    [InlineData("[a‸ BREAK b:0.5]", "[a‸ BREAK b:0.5]")]
    [InlineData("BREAK‸ BREAK a", "BREAK‸\nBREAK\na")]
    [InlineData("a BREAK b ‸BREAK‸ c", "a BREAK b\n‸BREAK‸\nc")]
    public void Each_BREAK_gets_its_line(string before, string after) => Assert.Equal(after, Edited.By(PromptAction.SplitAtBreak, before));

    [Fact]
    public void Edits_of_any_text_and_selection_apply_cleanly() => Gen.Select(EditTexts.Any, Gen.Int[0, 60], Gen.Int[0, 20]).Sample(
        (text, at, length) =>
        {
            foreach (var settings in new[] { Shipped.Delta, Edited.Comfy })
            {
                foreach (var action in Enum.GetValues<PromptAction>().Where(action => action != PromptAction.FixAll))
                {
                    var edits = Edited.Edits(action, text, EditTexts.Selection(text, at, length), settings);
                    EditTexts.AreClean(text, edits);
                    var (before, after) = (SyntaxTree.Parse(text, settings.ParseOptions), SyntaxTree.Parse(TextEdits.Apply(text, edits), settings.ParseOptions));
                    Assert.Equal(before.Sides.Length, after.Sides.Length);
                }
            }
        },
        iter: 3_000);

    [Fact]
    public void Raising_then_lowering_comes_back() => Gen.Select(EditTexts.Weighted, Gen.Int[0, 60], Gen.Int[0, 20]).Sample(
        (text, at, length) =>
        {
            foreach (var settings in new[] { Shipped.Delta, Edited.Comfy })
                Assert.Equal(text, RaiseAndLower(text, EditTexts.Selection(text, at, length), settings).Text);
        },
        iter: 3_000);

    [Fact]
    public void Raising_then_lowering_any_brackets_settles() => Gen.Select(EditTexts.Separated, Gen.Int[0, 60]).Sample(
        (text, at) =>
        {
            foreach (var settings in new[] { Shipped.Delta, Edited.Comfy })
            {
                // A key that takes an outer bracket away lets the next one see the inner.
                var (now, cursor) = (text, EditTexts.Selection(text, at, 0));
                for (var trip = 0; trip < 4; trip++) (now, cursor) = RaiseAndLower(now, cursor, settings);
                Assert.Equal(now, RaiseAndLower(now, cursor, settings).Text);
            }
        },
        iter: 3_000);

    private static (string Text, TextSpan Selection) RaiseAndLower(string text, TextSpan selection, Settings settings)
    {
        foreach (var action in new[] { PromptAction.RaiseWeight, PromptAction.LowerWeight })
        {
            var edits = Edited.Edits(action, text, selection, settings);
            (text, selection) = (TextEdits.Apply(text, edits), SelectionMap.Map(edits, selection));
        }

        return (text, selection);
    }
}
